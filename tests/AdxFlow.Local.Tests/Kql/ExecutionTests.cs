using System.Globalization;
using System.Text;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

public sealed class ExecutionTests
{
    [Fact]
    public void A_cancelled_query_stops_at_the_next_chunk()
    {
        Database database = Numbers(200_000);
        using var stop = new CancellationTokenSource();
        ResultSet result = KqlEngine.Execute(database, "N | where n >= 0", null, stop.Token)[0];
        using IEnumerator<RowChunk> chunks = result.Chunks.GetEnumerator();
        Assert.True(chunks.MoveNext());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => chunks.MoveNext());
    }

    [Theory]
    [InlineData("N | count")]
    [InlineData("N | sort by n asc")]
    [InlineData("N | summarize count() by n")]
    public void Cancellation_reaches_operators_that_read_everything_first(string query)
    {
        using var stop = new CancellationTokenSource();
        ResultSet result = KqlEngine.Execute(Numbers(1000), query, null, stop.Token)[0];
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => result.Chunks.Sum(c => c.Count));
    }

    [Fact]
    public void A_query_sees_the_rows_of_its_beginning()
    {
        Database database = Numbers(10);
        ResultSet result = KqlEngine.Execute(database, "N | count", null, CancellationToken.None)[0];
        Append(database.Tables["N"], 5);
        database.Tables["N"].MergeColumns([new Column("later", KustoType.String)]);
        Assert.Equal("[10]", QueryRunner.Rows(result));
        Assert.Equal("[15]", QueryRunner.Rows(KqlEngine.Execute(database, "N | count", null, CancellationToken.None)[0]));
    }

    [Fact]
    public void Take_does_not_read_on()
    {
        ResultSet result = KqlEngine.Execute(Numbers(200_000), "N | take 3", null, CancellationToken.None)[0];
        Assert.Equal("[0]\n[1]\n[2]", QueryRunner.Rows(result));
        Assert.Single(result.Chunks);
    }

    [Fact]
    public void Every_tabular_statement_gives_a_result()
    {
        IReadOnlyList<ResultSet> results = KqlEngine.Execute(Numbers(4), "let m = 2; N | count; N | where n < m;", null, CancellationToken.None);
        Assert.Equal(["[4]", "[0]\n[1]"], results.Select(QueryRunner.Rows));
    }

    [Theory]
    [InlineData("N | summarize count() by n % 10 | count", "[10]")]
    [InlineData("N | summarize c = count() by n % 10 | summarize min(c), max(c)", "[20000,20000]")]
    [InlineData("N | summarize c = count() by a = n % 7, b = tostring(n % 11), e = n % 2 == 0 | summarize count(), sum(c)", "[154,200000]")]
    [InlineData("N | distinct n | count", "[200000]")]
    [InlineData("N | summarize sum(n), min(n), max(n), dcount(n)", "[19999900000,0,199999,200000]")]
    [InlineData("N | top 2 by n", "[199999]\n[199998]")]
    [InlineData("N | sort by n % 3 asc, n | take 2", "[199998]\n[199995]")]
    [InlineData("N | where n % 2 == 0 | where n % 3 == 0 | count", "[33334]")]
    [InlineData("N | extend k = n / 100000 | summarize arg_max(n, *) by k | sort by k asc", "[0,99999]\n[1,199999]")]
    [InlineData("N | sort by n | extend i = 1 | count", "[200000]")]
    public void Results_are_right_across_chunks(string query, string rows) =>
        Assert.Equal(rows, QueryRunner.Rows(KqlEngine.Execute(Numbers(200_000), query, null, CancellationToken.None)[0]));

    [Theory]
    [InlineData("long", "2", "[20]")]
    [InlineData("long", "-2", "")]
    [InlineData("real", "2", "[20]")]
    [InlineData("int", "int(2)", "[20]")]
    public void Numeric_parameters_are_literals(string type, string value, string rows)
    {
        ResultSet result = QueryRunner.Run($"declare query_parameters(p:{type}); T | where i == p and l < 50 | project l", new Dictionary<string, string> { ["p"] = value });
        Assert.Equal(rows, QueryRunner.Rows(result));
    }

    [Theory]
    [InlineData("string", "Banana", "[\"Banana\"]")]
    [InlineData("string", "\"Banana\"", "[\"Banana\"]")]
    [InlineData("datetime", "datetime(2024-01-01)", "[\"2024-01-01T00:00:00Z\"]")]
    [InlineData("datetime", "2024-01-01", "[\"2024-01-01T00:00:00Z\"]")]
    [InlineData("timespan", "timespan(1.02:03:04)", "[\"1.02:03:04\"]")]
    [InlineData("bool", "true", "[true]")]
    [InlineData("dynamic", "dynamic({\"a\":1})", "[{\"a\":1}]")]
    [InlineData("guid", "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "[\"74be27de-1e4e-49d9-b579-fe0b331d3642\"]")]
    [InlineData("long", "long(null)", "[null]")]
    public void Parameters_of_all_types_arrive(string type, string value, string rows) =>
        Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run($"declare query_parameters(p:{type}); print p", new Dictionary<string, string> { ["p"] = value })));

    [Fact]
    public void A_parameter_that_does_not_come_has_its_default() =>
        Assert.Equal("[7]", QueryRunner.Rows(QueryRunner.Run("declare query_parameters(p:long = 7); print p")));

    [Fact]
    public void Comments_and_line_breaks_are_ignored() =>
        Assert.Equal("[5]", QueryRunner.Rows(QueryRunner.Run("// first\r\nT // second\r\n\t| count // third")));

    [Fact]
    public void Deep_nesting_is_refused_without_harm()
    {
        Assert.Throws<KqlException>(() => QueryRunner.Run("print " + new string('(', 100_000)));
        Assert.Throws<KqlException>(() => QueryRunner.Run("print " + new string('-', 100_000) + "1"));
        Assert.Throws<KqlException>(() => QueryRunner.Run("print " + string.Join('+', Enumerable.Repeat("1", 100_000))));
        Assert.Throws<KqlException>(() => QueryRunner.Run("T | project d" + string.Concat(Enumerable.Repeat(".a", 100_000))));
        Assert.Throws<KqlException>(() => QueryRunner.Run("print " + string.Concat(Enumerable.Repeat("dynamic(", 5000))));
        Assert.Throws<KqlException>(() => QueryRunner.Run(new string('(', 100_000) + "T"));
        Assert.Throws<KqlException>(() => QueryRunner.Run("T" + string.Concat(Enumerable.Repeat(" | where true", 100_000))));
        Assert.Equal("[500]", QueryRunner.Rows(QueryRunner.Run("print " + string.Join('+', Enumerable.Repeat("1", 500)))));
    }

    [Fact]
    public void A_long_chain_fits_a_small_stack()
    {
        string rows = "";
        var thread = new Thread(() => rows = QueryRunner.Rows(QueryRunner.Run("T | where " + string.Join(" or ", Enumerable.Range(0, 5000).Select(n => $"i == {n}")) + " | count")), 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal("[4]", rows);
    }

    [Fact]
    public void Random_queries_are_answered_or_refused_but_never_crash()
    {
        string[] words =
        [
            "T", "|", "where", "project", "extend", "summarize", "by", "count", "()", "(", ")", "i", "l", "r", "s", "d", "dt", "ts", "b", "==", "!=", "<", ">=",
            "+", "-", "*", "/", "%", ",", "=", "1", "2.5", "'x'", "\"y\"", "1d", "datetime(2020-01-01)", "long(null)", "dynamic([1])", "in", "!in", "between", "..",
            "has", "contains", "and", "or", "not", "sum", "avg", "min", "max", "make_list", "arg_max", "bin", "strlen", "tolong", "tostring", "iff", "case", "sort",
            "top", "take", "distinct", "print", "let", ";", "[", "]", ".", "asc", "desc", "nulls", "first", "join", "project-away", "getschema", "matches", "regex", "*", "'",
        ];
        var random = new Random(20240607);
        int answered = 0;
        for (int n = 0; n < 30_000; n++)
        {
            string query = (n % 2 == 0 ? "T | " : "") + string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                foreach (ResultSet result in KqlEngine.Execute(QueryRunner.Database, query, null, CancellationToken.None))
                    QueryRunner.Rows(result);
                answered++;
            }
            catch (KqlException)
            {
                // Refused: as it should be for most of them.
            }
        }

        Assert.True(answered > 0);
    }

    private static Database Numbers(int count)
    {
        var database = new Database("db");
        var table = new Table("N", [new Column("n", KustoType.Long)]);
        Append(table, count);
        database.Tables["N"] = table;
        return database;
    }

    private static void Append(Table table, int count)
    {
        TableAppender appender = table.CreateAppender();
        for (int i = 0; i < count; i++)
        {
            appender.AppendText(0, Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
            appender.EndRow();
        }

        appender.Commit(0);
    }
}
