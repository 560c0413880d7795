using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Regular expressions that .NET reads in another way than the service does: read as the service does, or refused.</summary>
public sealed class RegexTests
{
    private const string Cases = """"
        > print "q7" matches regex "^[[:alpha:]][[:digit:]]$", ":]" matches regex "[[:alpha:]]", "Q" matches regex "^[[:^lower:]]$", "é" matches regex "[[:word:]]", "-" matches regex "^[[:alnum:][:punct:]]$", "é" matches regex "[[:^ascii:]]"
        [true,false,true,false,true,true]
        > print "end\n" matches regex "d$", "end" matches regex "d$", "a\nb" matches regex "(?m)a$", "a$" matches regex @"^a\$$", "$" matches regex "[$]"
        [false,true,true,true,true]
        > print extract("(?P<year>[0-9]+)-(?<month>[0-9]+)", 2, "2031-07"), extract(@"\pL+", 0, "12abc3"), extract(@"^\x{61}\u{62}\U00000063$", 0, "abc"), extract(@"\x{1F600}+", 0, "x😀😀y") == "😀😀", extract(@"a\_b", 0, "a_b")
        ["07","abc","abc",true,"a_b"]
        > print extract("(?i)LOUD", 0, "loud"), extract("(?i:L)oud", 0, "loud"), extract("[]x]+", 0, "a]x"), extract("[^]x]+", 0, "]ax"), extract(@"[\]\[]+", 0, "a[]"), trim("[[:space:]]+", " \t both ")
        ["loud","loud","]x","a","[]","both"]
        > print line = "k: 12\nv: x" | parse kind=regex flags=m line with "^k: " n:long "$\nv: " v
        ["k: 12\nv: x",12,"x"]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Expressions_match_as_the_service_reads_them(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("[a-z&&[^m]]", "'&&'")]
    [InlineData("[0-9--4]", "'--'")]
    [InlineData("[a-g~~b-h]", "'~~'")]
    [InlineData("[x[^xyz]]", "a class within a class")]
    [InlineData("[[:nosuch:]]", "a class within a class")]
    [InlineData(@"\<word", @"'\<'")]
    [InlineData(@"\b{start}word", @"'\b'")]
    [InlineData(@"x\Z", @"'\Z'")]
    [InlineData(@"(a)\1", @"'\1'")]
    [InlineData("(?<a>x)(y)", "with and without a name")]
    [InlineData("(?x) a b", "the flag 'x'")]
    [InlineData("(?U)a+", "the flag 'U'")]
    [InlineData("a(?m)b$", "multi-line mode")]
    [InlineData("a(?=b)", "look-around")]
    [InlineData("(?<!a)b", "look-around")]
    [InlineData(@"[\x{1F600}]", "U+FFFF")]
    public void What_would_match_by_other_rules_is_refused(string pattern, string text)
    {
        KqlException error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run($"T | where s matches regex @'{pattern}'")));
        Assert.Equal(KqlErrorKind.NotSupported, error.Kind);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("a)")]
    [InlineData("*")]
    [InlineData(@"a\")]
    public void What_is_malformed_fails_the_query(string pattern)
    {
        KqlException error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run($"T | where s matches regex @'{pattern}'")));
        Assert.Equal(KqlErrorKind.Runtime, error.Kind);
        Assert.Contains(pattern, error.Message, StringComparison.Ordinal);
    }
}
