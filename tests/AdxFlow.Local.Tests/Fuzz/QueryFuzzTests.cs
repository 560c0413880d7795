using System.Globalization;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;
using AdxFlow.Local.Tests.Kql;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>
/// Queries that nobody wrote. Each has an answer that keeps its own promises (columns, types, counts), or one of the engine's
/// errors; anything else is a defect.
/// </summary>
public sealed class QueryFuzzTests
{
    // What runs longer is stopped, as a client would: many rows are no defect.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Words =
    [
        "|", "(", ")", "[", "]", ",", ";", "..", "==", "and", "or", "in", "by", "on", "kind=inner", "null", "dynamic(null)", "long(null)", "real(nan)",
        "-1", "0", "9223372036854775807", "1e308", "''", "*", "let", "x", "T", "U", "i", "l", "d", "s", "count()", "| count", "| take 1", "| join U on i",
        "union", "datetime(9999-12-31)", "1tick", "d.x", "true", "desc", "asc", "nulls", "first", "limit", "to typeof(int)", "{", "}",
    ];

    [Fact]
    public void Mutated_queries_end_in_rows_or_in_an_error_of_the_engine()
    {
        string[] corpus = [.. Corpus().Select(c => c.ToString()!)];
        var mutations = new TextMutator(corpus, Words, new Random(FuzzSettings.Seed));
        for (int i = FuzzSettings.Rounds(20_000); i > 0; i--)
            Check(mutations.Next());
    }

    [Fact]
    public void Generated_queries_have_as_many_rows_as_they_count()
    {
        var generator = new QueryGenerator(new Random(FuzzSettings.Seed));
        int answered = 0;
        int rounds = FuzzSettings.Rounds(5_000);
        for (int i = 0; i < rounds; i++)
        {
            string query = generator.Next();
            if (Check(query) is not { } rows || Check($"{query} | count") is not { } counted) continue;
            answered++;
            Assert.Equal($"[{rows.Length.ToString(CultureInfo.InvariantCulture)}]", Assert.Single(counted));
        }

        Assert.True(answered > rounds / 12, $"Only {answered} queries had an answer.");
    }

    [Theory]
    [InlineData("print ", "(", "1", ")")]
    [InlineData("print ", "-", "1", "")]
    [InlineData("print ", "not(", "true", ")")]
    [InlineData("print ", "strcat('a', ", "'b'", ")")]
    [InlineData("print dynamic(", "[", "1", "]", ")")]
    [InlineData("print dynamic(", "{'a':", "1", "}", ")")]
    [InlineData("print ", "dynamic(", "1", ")")]
    [InlineData("T | where ", "b and (", "b", ")")]
    [InlineData("T | project d", ".x", "", "")]
    [InlineData("T | project d", "[0]", "", "")]
    [InlineData("T | project l", " + l", "", "")]
    [InlineData("T | where b", " or b", "", "")]
    [InlineData("T", " | count", "", "")]
    [InlineData("", "(", "T", ")")]
    [InlineData("", "union (", "T", ")")]
    [InlineData("T | ", "mv-apply d on (", "take 1", ")")]
    [InlineData("T | ", "partition by s (", "take 1", ")")]
    [InlineData("T | sort by l", " | where prev(l) > 0", "", "")]
    [InlineData("T | sort by l | extend x = ", "prev(", "l", ")")]
    [InlineData("T | sort by l | extend x = 1", ", next(l)", "", "")]
    [InlineData("T | make-series count()", ", count()", "", " on l step 1")]
    [InlineData("T | make-series count() on l step 1 by i", ", i", "", "")]
    [InlineData("", "T | join (", "T", ") on i")]
    [InlineData("print ", "toscalar(print ", "1", ")")]
    [InlineData("T | where i in ", "((U | where i in ", "(1)", "))")]
    [InlineData("", "let f = () { ", "1", " }; f()")]
    [InlineData("let f = (x:long) { x + x }; T | project ", "f(", "l", ")")]
    [InlineData("print ", "strrep(", "'abc'", ", 1024)")]
    [InlineData("", "let a = 1;", "print 1", "")]
    [InlineData("print 1", "1", "", "")]
    [InlineData("print 1", "d", "", "")]
    [InlineData("print '", "a", "", "'")]
    [InlineData("print '", "a", "", "")]
    [InlineData("print \"", "\\", "", "")]
    [InlineData("print ```", "\n", "", "")]
    [InlineData("print @'", "''", "", "")]
    [InlineData("print real(1", "e9", "", ")")]
    [InlineData("print datetime(", "(", "", ")")]
    [InlineData("T | where s matches regex '", "(a", "", ")*")]
    [InlineData("T | parse s with ", "'a' x", "", "")]
    [InlineData("", "$", "", "")]
    [InlineData("", "\0", "", "")]
    [InlineData("", "\ud800", "", "")]
    [InlineData("//", "/", "", "")]
    [InlineData("T | project-away ", "*", "", "")]
    public void Whatever_is_deep_or_long_ends(string before, string opening, string middle, string closing, string after = "")
    {
        foreach (int times in (int[])[3, 60, 300, 20_000])
            Check($"{before}{Repeat(opening, times)}{middle}{Repeat(closing, times)}{after}");
    }

    [Theory]
    [InlineData("let a0 = pack_array(1, 1); ", "let a{1} = pack_array(a{0}, a{0}); ", "print a{0}")]
    [InlineData("let a0 = 'xyz'; ", "let a{1} = strcat(a{0}, a{0}); ", "print strlen(a{0})")]
    [InlineData("let a0 = T; ", "let a{1} = a{0} | join kind=inner a{0} on l; ", "a{0}")]
    [InlineData("let a0 = (T | take 0); ", "let a{1} = union a{0}, a{0}; ", "a{0} | count")]
    [InlineData("let a0 = (x:long) { x + x }; ", "let a{1} = (x:long) { a{0}(x) + a{0}(x) }; ", "T | project a{0}(l)")]
    [InlineData("let a0 = (range x from 1 to 2 step 1); ", "let a{1} = a{0} | extend y = pack_array(x, x) | mv-apply x = y to typeof(long) on (take 2) | project x; ", "a{0}")]
    [InlineData("let a0 = (print x=dynamic([1])); ", "let a{1} = (union a{0}, a{0} | summarize x=make_list(x)); ", "a{0}")]
    public void What_doubles_with_each_line_ends(string first, string next, string last)
    {
        const int lines = 60;
        string query = first + string.Concat(Enumerable.Range(0, lines).Select(i => Fill(next, i))) + Fill(last, lines);
        Check(query);
    }

    private static string Fill(string pattern, int i) => pattern
        .Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{1}", (i + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static IEnumerable<object> Corpus() =>
        ScalarTests.Expectations.Concat(DecimalTests.Expectations).Concat(OperatorTests.Expectations).Concat(CombinationTests.Expectations).Concat(ExpansionTests.Expectations).Concat(FunctionTests.Expectations)
            .Concat(WindowTests.Expectations).Concat(SeriesTests.Expectations).Concat(SubqueryTests.Expectations)
            .Concat(SearchTests.Expectations).Concat(FurtherFunctionTests.Expectations).Concat(ResultSchemaTests.Expectations).Concat(PluginTests.All).Concat(LogFunctionTests.All).Concat(KeyValueTests.All).Select(row => (object)((ITheoryDataRow)row).GetData()[0]!);

    // The rows, or null where the query is refused or takes too long.
    private static string[]? Check(string query)
    {
        using var stop = new CancellationTokenSource(Patience);
        try
        {
            string rows = "";
            foreach (ResultSet result in KqlEngine.Execute(QueryRunner.Database, query, null, stop.Token))
                rows = QueryRunner.Rows(result);
            return rows.Length == 0 ? [] : rows.Split('\n');
        }
        catch (KqlException refusal)
        {
            Assert.NotEmpty(refusal.Message);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception defect)
        {
            throw new InvalidOperationException($"The query {(query.Length > 2000 ? query[..2000] : query)} ended in {defect.GetType().Name}: {defect.Message}", defect);
        }
    }
}
