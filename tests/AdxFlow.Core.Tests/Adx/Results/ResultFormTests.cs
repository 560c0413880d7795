using System.Data;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Ingestion;

namespace AdxFlow.Core.Tests.Adx;

public sealed class ResultFormTests
{
    private const string Wide = "b:bool,i:int,l:long,r:real,d:decimal,t:datetime,s:timespan,g:guid,x:string,y:dynamic";

    private static readonly AdxRequestOptions AsJson = new() { DynamicAsJson = true };

    [Fact]
    public async Task A_data_table_has_typed_columns_and_DBNull_for_null()
    {
        QueryOutcome outcome = await ReadAsync("""[[true,1,9223372036854775807,1.5,"2.00000000000001","2020-03-04T14:05:01.3109965Z","1.00:00:01","74be27de-1e4e-49d9-b579-fe0b331d3642","é",{"a": [1, 1.10]}],[null,null,null,null,null,null,null,null,"",null]]""");
        DataTable table = Table(outcome);
        Assert.Equal([typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(DateTime), typeof(TimeSpan), typeof(Guid), typeof(string), typeof(string)], table.Columns.Cast<DataColumn>().Select(column => column.DataType));
        Assert.Equal(DataSetDateTime.Utc, table.Columns["t"]!.DateTimeMode);
        DataRow first = table.Rows[0];
        Assert.Equal(long.MaxValue, first["l"]);
        Assert.Equal(2.00000000000001m, first["d"]);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)first["t"]).Kind);
        Assert.Equal("""{"a": [1, 1.10]}""", first["y"]);
        Assert.Equal(["", .. Enumerable.Repeat<object>(DBNull.Value, 9)], table.Rows[1].ItemArray.OrderBy(value => value is DBNull));
        Assert.Equal("PrimaryResult", table.TableName);
    }

    [Fact]
    public async Task A_decimal_column_becomes_text_where_a_number_does_not_fit()
    {
        const string Long = "0.1234567890123456789012345678901234";
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("d:decimal,n:long", $$"""[["1.50",1],[null,2],["{{Long}}",3],["2.5",4]]"""), V2.Completion), options: AsJson);
        DataTable table = Table(outcome);
        Assert.Equal(typeof(string), table.Columns["d"]!.DataType);
        Assert.Equal(["1.50", DBNull.Value, Long, "2.5"], table.Rows.Cast<DataRow>().Select(row => row["d"]));
        Assert.Equal([1L, 2L, 3L, 4L], table.Rows.Cast<DataRow>().Select(row => row["n"]));
    }

    [Fact]
    public async Task A_row_is_one_line_of_JSON_and_every_number_is_exact()
    {
        QueryOutcome outcome = await ReadAsync("""
[[true,1,9223372036854775807,1.5,"0.1234567890123456789012345678901234","2020-03-04T14:05:01.3109965Z","-1.00:00:01.5","74be27de-1e4e-49d9-b579-fe0b331d3642","é \"q\"\n",{"a":
[1, 1.10, 12345678901234567890123, "x"]}],[null,null,null,"NaN",null,null,null,null,"","{\"k\":1}"],[false,0,0,"-Infinity",null,null,null,null,"","text"]]
""");
        IReadOnlyList<AdxResultColumn> columns = outcome.Tables[0].Columns;
        var writer = new JsonRowWriter(columns, ColumnNames.Of(columns, out _));
        string[] lines = [.. outcome.Rows.Select(writer.Write)];
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.StartsWith("""{"b":true,"i":1,"l":9223372036854775807,"r":1.5,"d":"0.1234567890123456789012345678901234","t":"2020-03-04T14:05:01.3109965Z","s":"-1.00:00:01.5000000","g":"74be27de-1e4e-49d9-b579-fe0b331d3642","x":"é \"q\"\n","y":{"a": [1, 1.10, 12345678901234567890123, "x"]}}""", lines[0], StringComparison.Ordinal);
        Assert.Equal("""{"b":null,"i":null,"l":null,"r":"NaN","d":null,"t":null,"s":null,"g":null,"x":"","y":{"k":1}}""", lines[1]);
        Assert.EndsWith("""
            "r":"-Infinity","d":null,"t":null,"s":null,"g":null,"x":"","y":"text"}
            """, lines[2], StringComparison.Ordinal);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Theory]
    [InlineData("1.10")]
    [InlineData("12345678901234567890123")]
    [InlineData("[1, 1.10]")]
    [InlineData("""{"a":1.0}""")]
    [InlineData("true")]
    [InlineData("\"x\"")]
    public async Task A_dynamic_value_as_JSON_is_what_the_service_wrote(string json)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("y:dynamic", $"[[{json}],[null]]"), V2.Completion), pieceSize: 3, options: AsJson);
        Assert.Equal([json, null], outcome.Rows.Select(row => row[0]));
    }

    [Fact]
    public void Names_that_clash_are_kept_apart_and_who_was_unique_keeps_its_name()
    {
        AdxResultColumn[] columns = [.. new[] { "a", "A", "a", "a_1", "", "Count", "PSObject", "" }.Select(name => new AdxResultColumn(name, AdxType.Long))];
        string[] names = ColumnNames.Of(columns, out IReadOnlyList<string> renamed);
        Assert.Equal(["a", "A_2", "a_3", "a_1", "Column5", "Count", "PSObject_1", "Column8"], names);
        Assert.Equal(5, renamed.Count);
    }

    [Fact]
    public async Task Any_number_of_names_that_clash_is_kept_apart()
    {
        AdxResultColumn[] columns = [.. Enumerable.Range(0, 200_000).Select(i => new AdxResultColumn(i % 2 == 0 ? "a" : "A", AdxType.Long))];
        string[] names = await Task.Run(() => ColumnNames.Of(columns, out _), TestContext.Current.CancellationToken).EndsAsync();
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("A_199999", names[^1]);
    }

    [Fact]
    public void Half_a_character_in_a_name_or_a_text_is_written_as_the_sign_for_one() =>
        Assert.Equal("""{"n\ufffd":"\ufffd"}""", new JsonRowWriter([new AdxResultColumn("n\ud83d", AdxType.String)], ["n\ud83d"]).Write(["\ud83d"]).Replace("\ufffd", @"\ufffd", StringComparison.Ordinal), ignoreCase: true);

    private static Task<QueryOutcome> ReadAsync(string rows) => QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table(Wide, rows), V2.Completion), options: AsJson);

    private static DataTable Table(QueryOutcome outcome)
    {
        Assert.Null(outcome.Error);
        (string name, IReadOnlyList<AdxResultColumn> columns, List<object?[]> rows) = Assert.Single(outcome.Tables);
        var builder = new DataTableBuilder(name, columns, ColumnNames.Of(columns, out _));
        foreach (object?[] row in rows)
            builder.Add(row);
        return builder.Finish();
    }
}
