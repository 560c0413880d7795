using AdxFlow.Adx;
using AdxFlow.Connector;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Connector;

public sealed class FlowPreflightTests
{
    private static readonly FlowSchedule Hourly = new() { Frequency = FlowFrequency.Hour, Interval = 1, Backfill = false };

    [Fact]
    public async Task A_table_that_fits_is_no_cause_for_a_warning() =>
        Assert.Empty(await CheckAsync(Hourly with { Backfill = true }, "Timestamp", rows: 500_000, bytes: 64L * 1024 * 1024, most: 500_000));

    [Theory]
    [InlineData(500_001, 1000)]
    [InlineData(1000, (64L * 1024 * 1024) + 1)]
    public async Task A_first_run_that_takes_too_much_is_warned_of(long rows, long bytes)
    {
        foreach (FlowSchedule schedule in new[] { new FlowSchedule { Frequency = FlowFrequency.Once }, Hourly with { Backfill = true } })
        {
            string warning = Assert.Single(await CheckAsync(schedule, schedule.Frequency == FlowFrequency.Once ? null : "Timestamp", rows, bytes, most: 1));
            Assert.StartsWith($"The first run, which takes all of table 'Weather', has {rows:N0} rows, about {bytes / (1024.0 * 1024):N0} MB. ", warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task History_that_stays_out_does_not_count() =>
        Assert.Empty(await CheckAsync(Hourly, "Timestamp", rows: 50_000_000, bytes: 50_000_000, most: 1000));

    [Theory]
    [InlineData(500_001L, 1L)]
    [InlineData(200_000L, 400L)]
    public async Task A_window_that_is_too_full_is_warned_of_by_rows_or_by_what_they_weigh(long most, long bytesPerRow)
    {
        string warning = Assert.Single(await CheckAsync(Hourly, "Timestamp", rows: 1_000_000, bytes: 1_000_000 * bytesPerRow, most));
        Assert.StartsWith($"The fullest window (every hour) of table 'Weather' has {most:N0} rows", warning, StringComparison.Ordinal);
        Assert.Contains("shorter -Interval", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Id", "is of type string, not datetime")]
    [InlineData("When", "has no column 'When'")]
    public async Task A_delta_column_that_is_no_datetime_is_warned_of(string column, string words) =>
        Assert.Contains(words, Assert.Single(await CheckAsync(Hourly, column, rows: 1, bytes: 1, most: 1)), StringComparison.Ordinal);

    [Fact]
    public async Task A_table_that_is_not_there_is_told()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(static _ => ScriptedAnswer.Of(400, """{"error":{"code":"BadRequest_EntityNotFound","message":"Entity ID 'Weather' of kind 'Table' was not found.","@message":"Entity ID 'Weather' of kind 'Table' was not found.","@permanent":true}}"""));
        IReadOnlyList<string> warnings = await new FlowPreflight(new AdxClient(await server.ConnectAsync(database: "D"))).CheckAsync("D.Weather", null, Hourly, "Timestamp", TestContext.Current.CancellationToken);
        Assert.StartsWith("Database 'D' on 127.0.0.1 has no table 'D.Weather'", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_query_counts_rows_by_window_and_quotes_names() => Assert.Equal(
        "['it\\'s'] | project Time = todatetime(['a b']) | where Time > datetime(2026-11-22T00:00:00.0000000Z) | summarize Rows = count() by Window = bin(Time, timespan(01:00:00)) | summarize MostRows = max(Rows)",
        PreflightCommands.MostRows("it's", "a b", TimeSpan.FromHours(1), new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc)));

    private static async Task<IReadOnlyList<string>> CheckAsync(FlowSchedule schedule, string? deltaColumn, long rows, long bytes, long most)
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => Answer(request, rows, bytes, most));
        return await new FlowPreflight(new AdxClient(await server.ConnectAsync(database: "D"))).CheckAsync("Weather", null, schedule, deltaColumn, TestContext.Current.CancellationToken);
    }

    private static ScriptedAnswer Answer(ScriptedRequest request, long rows, long bytes, long most) => request switch
    {
        { Path: "/v2/rest/query" } => $$"""[{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"},{"FrameType":"DataTable","TableId":0,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":[{"ColumnName":"MostRows","ColumnType":"long"}],"Rows":[[{{most}}]]},{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}]""",
        _ when request.Body.Contains("schema as json", StringComparison.Ordinal) =>
            """{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"TableName","DataType":"String"},{"ColumnName":"Schema","DataType":"String"},{"ColumnName":"DatabaseName","DataType":"String"},{"ColumnName":"Folder","DataType":"String"},{"ColumnName":"DocString","DataType":"String"}],"Rows":[["Weather","{\"OrderedColumns\":[{\"Name\":\"Id\",\"CslType\":\"string\"},{\"Name\":\"Timestamp\",\"CslType\":\"datetime\"}]}","D","",""]]}]}""",
        _ => $$"""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"TableName","DataType":"String"},{"ColumnName":"TotalRowCount","DataType":"Int64"},{"ColumnName":"TotalOriginalSize","DataType":"Double"},{"ColumnName":"TotalExtentSize","DataType":"Double"}],"Rows":[["Weather",{{rows}},{{bytes}},1]]}]}""",
    };
}
