using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Tests.Kql;

/// <summary><c>search</c>, and <c>where * has</c>.</summary>
public sealed class SearchTests
{
    private const string Data = "let A = view () { datatable(a:string, n:long)['error in PC', 1, 'no Errors', 2, 'Lab err PC', 3] }; let B = view () { datatable(a:string, d:dynamic)['terror', dynamic({'x':'err'}), 'Err', dynamic(null)] }; ";

    private const string Cases = $$""""
        > {{Data}}search in (A, B) "err"
        ["A","Lab err PC",3,null]
        ["B","terror",null,{"x":"err"}]
        ["B","Err",null,null]
        > {{Data}}union withsource=t A, B | where * has "err" | project t, a
        ["A","Lab err PC"]
        ["B","terror"]
        ["B","Err"]
        > {{Data}}search in (A) a:"err"
        ["A","Lab err PC",3]
        > {{Data}}search in (A, B) a:"err" | project a
        ["Lab err PC"]
        ["Err"]
        > {{Data}}search in (A, B) a=="Err" | project ["$table"], a
        ["B","Err"]
        > {{Data}}search in (A) "err*" | project a
        ["error in PC"]
        ["no Errors"]
        ["Lab err PC"]
        > {{Data}}search in (B) "*rror" | project a
        ["terror"]
        > {{Data}}search in (A, B) "*rro*" | project a
        ["error in PC"]
        ["no Errors"]
        ["terror"]
        > {{Data}}search in (A) * | count
        [3]
        > {{Data}}search in (A) a matches regex "^no|^Lab" | project n
        [2]
        [3]
        > {{Data}}search kind=case_sensitive in (A, B) "Err*" | project a
        ["no Errors"]
        ["Err"]
        > {{Data}}search kind=case_sensitive in (A) a has "pc" or a startswith "no" | project n
        [2]
        > {{Data}}search kind=default in (A) a has "pc" | project n
        [1]
        [3]
        > {{Data}}search in (A) "PC" and ("lab" or "error") | project n
        [1]
        [3]
        > {{Data}}search in (A, B) "PC" and n > 1 or d.x == "err" | project a
        ["Lab err PC"]
        ["terror"]
        > {{Data}}search in (A) not(a:"err") and n > 1 | project n
        [2]
        > {{Data}}search in (A) *:"lab" | project n
        [3]
        > {{Data}}search in (A) * contains "ab" | project n
        [3]
        > {{Data}}search in (A, B) "err" | summarize count() by $table
        ["A",1]
        ["B",2]
        > {{Data}}A | search "lab"
        ["union_arg0","Lab err PC",3]
        > U | search "two"
        ["U",2,"two",2.5]
        > T | where i == 1 | search "pie" | project $table, l
        ["union_arg0",10]
        > T | as X | search "pie" | project $table, l
        ["X",10]
        > search "five"
        ["T2",null,5,null,null,null,null,null,null,null,"",null,"five",null,null]
        > search in (U*, T2) "one" or "five" | project $table
        ["U"]
        ["T2"]
        > search in (T) "two" | project l
        [20]
        > let found = search in (U) "nine"; found | project i
        [9]
        > print n = toscalar(search * | count)
        [9]
        > search "nothing that is there"
        > T | where * has "banana" or * startswith "apple " | project l
        [10]
        [20]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Rows_are_those_that_have_the_term(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("search in (Nosuch) 'a'", "SEM0100", "'Nosuch'")]
    [InlineData("search in (Nosuch*) 'a'", "SEM0100", "'Nosuch*'")]
    [InlineData("search in (U) nosuch == 1", "SEM0100", "'nosuch'")]
    [InlineData("search in (U, T2) s:'a' and i > 5", "SEM0100", "'i'")]
    [InlineData("search in (U) i:'1'", "BadRequest_SemanticError", "':'")]
    [InlineData("search in (U) s:i", "BadRequest_SemanticError", "string literal")]
    [InlineData("search in (U) 5", "BadRequest_SemanticError", "bool")]
    [InlineData("T | search in (U) 'a'", "BadRequest_SemanticError", "in front")]
    [InlineData("search", "SEM0100", "'search'")]
    [InlineData("search in (U)", "SYN0002", "")]
    [InlineData("search in () 'a'", "SYN0002", "table expected")]
    [InlineData("search kind=odd 'a'", "SYN0002", "no such kind")]
    [InlineData("search in (U) s:", "SYN0002", "")]
    [InlineData("print x = s:'a'", "SYN0002", "")]
    [InlineData("search in (U) 'a*b'", "LocalStandIn_NotSupported", "inside of a term")]
    [InlineData("search in (U) '*'", "LocalStandIn_NotSupported", "empty term")]
    [InlineData("search in (U) * == 'a'", "LocalStandIn_NotSupported", "'* =='")]
    [InlineData("search kind=case_sensitive in (U) s =~ 'a'", "LocalStandIn_NotSupported", "'=~'")]
    [InlineData("union U, T2 | search 'a'", "LocalStandIn_NotSupported", "behind 'union'")]
    [InlineData("U | extend ['$table'] = 1 | search 'a'", "LocalStandIn_NotSupported", "$table")]
    [InlineData("search in (U) '9'", "LocalStandIn_NotSupported", "in the column 'i' only")]
    [InlineData("search in (database('x').T) 'a'", "LocalStandIn_NotSupported", "anything but tables")]
    [InlineData("search in (U) s:'a' | extend row_number()", "LocalStandIn_NotSupported", "serialize")]
    public void What_cannot_be_searched_says_why(string query, string code, string text)
    {
        var error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(code, error.Code);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
