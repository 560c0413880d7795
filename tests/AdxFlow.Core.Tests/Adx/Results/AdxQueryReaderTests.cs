using System.Text;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Core.Tests.Ingestion;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxQueryReaderTests
{
    private const string Wide = "b:bool,i:int,l:long,r:real,d:decimal,t:datetime,s:timespan,g:guid,x:string,y:dynamic";

    private const string WideRow = """[true,1,9223372036854775807,1.5,"2.00000000000001","2020-03-04T14:05:01.3109965Z","1.00:00:01.0010001","74be27de-1e4e-49d9-b579-fe0b331d3642","Text \u00e9\ud83d\ude42 \"q\"",{"rowId":2,"arr":[0,2.5,null,"z"]}]""";

    public static TheoryData<int> PieceSizes => [1, 7, 100_000];

    [Theory]
    [MemberData(nameof(PieceSizes))]
    public async Task Every_type_arrives_exactly_however_the_answer_is_cut_into_pieces(int pieceSize)
    {
        string body = V2.Answer(V2.Header, V2.Properties, V2.TableHeader(Wide), V2.Fragment($"[{WideRow},{WideRow}]"), V2.Progress(), V2.Fragment($"[{WideRow}]"), V2.TableCompletion(), V2.CompletionInformation, V2.Completion);
        QueryOutcome outcome = await QueryTestServer.RunAsync(body, pieceSize);
        Assert.Null(outcome.Error);
        Assert.Equal(3, outcome.Rows.Count);
        Assert.Equal(Wide, string.Join(',', outcome.Tables[0].Columns));
        foreach (object?[] row in outcome.Rows)
        {
            Assert.Equal(true, row[0]);
            Assert.Equal(1, row[1]);
            Assert.Equal(long.MaxValue, row[2]);
            Assert.Equal(1.5, row[3]);
            Assert.Equal(2.00000000000001m, row[4]);
            DateTime time = Assert.IsType<DateTime>(row[5]);
            Assert.Equal(DateTimeKind.Utc, time.Kind);
            Assert.Equal(new DateTime(2020, 3, 4, 14, 5, 1, DateTimeKind.Utc).AddTicks(3109965), time);
            Assert.Equal(new TimeSpan(1, 0, 0, 1).Add(TimeSpan.FromTicks(10001)), row[6]);
            Assert.Equal(Guid.Parse("74be27de-1e4e-49d9-b579-fe0b331d3642"), row[7]);
            Assert.Equal("Text é🙂 \"q\"", row[8]);
            var bag = Assert.IsType<Dictionary<string, object?>>(row[9]);
            Assert.Equal(2L, bag["rowId"]);
            Assert.Equal([0L, 2.5, null, "z"], Assert.IsType<object?[]>(bag["arr"]));
        }
    }

    [Theory]
    [InlineData("bool", "0", false)]
    [InlineData("bool", "1", true)]
    [InlineData("bool", "null", null)]
    [InlineData("int", "-5", -5)]
    [InlineData("int", "null", null)]
    [InlineData("long", "-9223372036854775808", long.MinValue)]
    [InlineData("long", "\"12\"", 12L)]
    [InlineData("real", "\"NaN\"", double.NaN)]
    [InlineData("real", "\"Infinity\"", double.PositiveInfinity)]
    [InlineData("real", "\"-Infinity\"", double.NegativeInfinity)]
    [InlineData("real", "3", 3.0)]
    [InlineData("decimal", "\"1234567890123456789012345678901234\"", "1234567890123456789012345678901234")]
    [InlineData("decimal", "\"0.1234567890123456789012345678901234\"", "0.1234567890123456789012345678901234")]
    [InlineData("decimal", "\"1e-40\"", "1e-40")]
    [InlineData("decimal", "\"NaN\"", "NaN")]
    [InlineData("guid", "null", null)]
    [InlineData("string", "\"\"", "")]
    [InlineData("string", "null", "")]
    [InlineData("string", "5", "5")]
    [InlineData("dynamic", "null", null)]
    [InlineData("dynamic", "123", 123L)]
    [InlineData("dynamic", "\"123\"", "123")]
    [InlineData("dynamic", "\"\"", "")]
    [InlineData("dynamic", "\"{not json}\"", "{not json}")]
    [InlineData("dynamic", "1e300", 1e300)]
    [InlineData("unheard-of", "\"x\"", "x")]
    public async Task A_value_is_read_in_every_form_the_service_has_written_it(string type, string json, object? expected)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("v:" + type, $"[[{json}]]"), V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Equal(expected, Assert.Single(outcome.Rows)[0]);
    }

    [Theory]
    [InlineData("\"00:00:00\"", 0L)]
    [InlineData("\"01:23:45.6789000\"", 50256789000L)]
    [InlineData("\"-2.00:00:02.0020002\"", -1728020020002L)]
    [InlineData("\"10675199.02:48:05.4775807\"", long.MaxValue)]
    [InlineData("\"-10675199.02:48:05.4775808\"", long.MinValue)]
    [InlineData("10001", 10001L)]
    public async Task A_timespan_is_read_in_all_forms(string json, long ticks)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("v:timespan", $"[[{json}]]"), V2.Completion));
        Assert.Equal(TimeSpan.FromTicks(ticks), Assert.Single(outcome.Rows)[0]);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("2007-01-01T00:00:00.1Z")]
    public async Task A_datetime_is_read_over_its_whole_range(string text)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("v:datetime", $"[[\"{text}\"]]"), V2.Completion));
        DateTime time = Assert.IsType<DateTime>(Assert.Single(outcome.Rows)[0]);
        Assert.Equal(DateTimeKind.Utc, time.Kind);
        Assert.Equal(text.TrimEnd('Z').TrimEnd('0'), time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture).TrimEnd('0'));
    }

    [Fact]
    public async Task A_dynamic_text_that_holds_an_object_is_that_object()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("v:dynamic", """[["{\"rowId\":2}"],["[1]"]]"""), V2.Completion));
        Assert.Equal(2L, Assert.IsType<Dictionary<string, object?>>(outcome.Rows[0][0])["rowId"]);
        Assert.Equal([1L], Assert.IsType<object?[]>(outcome.Rows[1][0]));
    }

    [Theory]
    [MemberData(nameof(PieceSizes))]
    public async Task The_properties_of_a_frame_may_come_in_any_order(int pieceSize)
    {
        string table = $$"""{"Rows":[[1,"a"],[2,"b"]],"Columns":{{V2.Columns("n:long,s:string")}},"TableName":"R","Unknown":{"a":[1]},"TableKind":"PrimaryResult","TableId":1,"FrameType":"DataTable"}""";
        string header = """{"TableName":"S","Columns":[{"ColumnType":"long","ColumnName":"n"}],"TableKind":"PrimaryResult","TableId":2,"FrameType":"TableHeader"}""";
        string fragment = """{"Rows":[[3],[4]],"TableId":2,"TableFragmentType":"DataAppend","FrameType":"TableFragment"}""";
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, table, header, fragment, V2.TableCompletion(2), V2.Completion), pieceSize);
        Assert.Null(outcome.Error);
        Assert.Equal(["R", "S"], outcome.Tables.Select(result => result.Name));
        Assert.Equal([1L, 2L], outcome.Tables[0].Rows.Select(row => row[0]));
        Assert.Equal(["a", "b"], outcome.Tables[0].Rows.Select(row => row[1]));
        Assert.Equal([3L, 4L], outcome.Tables[1].Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task Fragments_of_two_tables_may_interleave()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(
            V2.Header,
            V2.TableHeader("n:long", 1, "A"),
            V2.TableHeader("n:long", 2, "B"),
            V2.Fragment("[[1]]", 1),
            V2.Fragment("[[10]]", 2),
            V2.Fragment("[[2]]", 1),
            V2.TableCompletion(1),
            V2.Fragment("[[20]]", 2),
            V2.TableCompletion(2),
            V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Equal([1L, 2L], outcome.Tables[0].Rows.Select(row => row[0]));
        Assert.Equal([10L, 20L], outcome.Tables[1].Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task Progressive_rows_are_replaced_by_later_ones()
    {
        string header = V2.Header.Replace("\"IsProgressive\":false", "\"IsProgressive\":true", StringComparison.Ordinal);
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(
            header,
            V2.TableHeader("n:long"),
            V2.Fragment("[[1],[2]]"),
            V2.Progress(),
            V2.Fragment("[[3]]", type: "DataReplace"),
            V2.Fragment("[[4]]"),
            V2.TableCompletion(),
            V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Equal([3L, 4L], outcome.Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task A_result_without_rows_has_its_columns()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long", "[]"), V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Empty(outcome.Rows);
        Assert.Equal("n:long", Assert.Single(outcome.Tables[0].Columns).ToString());
    }

    public static TheoryData<string, string> HiddenFailures => new()
    {
        { "an object among the rows", V2.Answer(V2.Header, V2.Table("n:long", $$"""[[1],{"OneApiErrors":[{{V2.OneApiError}}]}]"""), V2.Completion) },
        { "the completion of the table", V2.Answer(V2.Header, V2.TableHeader("n:long"), V2.Fragment("[[1]]"), V2.TableCompletion(1, V2.OneApiError), V2.Completion) },
        { "the completion of the answer", V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), $$"""{"FrameType":"DataSetCompletion","HasErrors":true,"Cancelled":false,"OneApiErrors":[{{V2.OneApiError}}]}""") },
        { "the query's own account", V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), V2.DeferredFailure, V2.Completion) },
        { "a flag without a word", V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), """{"FrameType":"DataSetCompletion","HasErrors":true,"Cancelled":false}""") },
    };

    [Fact]
    public async Task A_warning_of_the_query_is_no_failure()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), V2.Warning, V2.Completion), pieceSize: 11);
        Assert.Null(outcome.Error);
        Assert.Equal(1L, Assert.Single(outcome.Rows)[0]);
        Assert.Equal(["A table is missing", "no JSON"], outcome.Warnings);
    }

    [Theory]
    [MemberData(nameof(HiddenFailures))]
    public async Task A_failure_hidden_in_a_200_is_thrown_after_the_rows(string place, string body)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(body, pieceSize: 11);
        Assert.Equal(1L, Assert.Single(outcome.Rows)[0]);
        Assert.NotNull(outcome.Error);
        Assert.Equal("AdxQueryPartial", outcome.Error.ErrorId);
        if (place != "a flag without a word")
        {
            Assert.Equal(AdxErrorKind.LimitExceeded, outcome.Error.Kind);
            Assert.Contains("exceeded", outcome.Error.Message, StringComparison.Ordinal);
            Assert.NotNull(outcome.Error.ActivityId);
        }
    }

    [Fact]
    public async Task A_failure_before_any_row_is_a_failed_query()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.TableHeader("n:long"), V2.TableCompletion(1, V2.OneApiError), V2.Completion));
        Assert.Equal("AdxQueryFailed", outcome.Error?.ErrorId);
        Assert.False(outcome.Error!.IsPermanent);
    }

    [Fact]
    public async Task A_query_cancelled_in_the_service_is_told()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), """{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":true}"""));
        Assert.Equal(AdxErrorKind.Cancelled, outcome.Error?.Kind);
    }

    [Fact]
    public async Task An_error_in_the_place_of_the_frames_is_told()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.OneApiError);
        Assert.Equal("AdxQueryFailed", outcome.Error?.ErrorId);
        Assert.Contains("80DA0003", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><head><title>Sign in</title></head></html>", "web page")]
    [InlineData("nonsense", "cannot be understood")]
    [InlineData("[1]", "cannot be understood")]
    [InlineData("""[{"FrameType":"DataSetHeader","Version":"v3.0"}]""", "v3.0")]
    [InlineData("""[{"FrameType":"NewKindOfTable","Rows":[[1]]}]""", "NewKindOfTable")]
    [InlineData("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","TableName":"R","Columns":[{"ColumnName":"n","ColumnType":"long"}],"Rows":[["x"]]}]""", "'x' is not a value of the type long")]
    [InlineData("""[{"FrameType":"TableFragment","TableId":7,"TableFragmentType":"DataAppend","Rows":[[1]]}]""", "not announced")]
    public async Task An_answer_that_cannot_be_understood_is_told(string body, string part)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(body);
        Assert.Equal("AdxInvalidResult", outcome.Error?.ErrorId);
        Assert.Contains(part, outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_of_an_unknown_type_without_rows_is_passed_over()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, """{"FrameType":"Heartbeat","At":1}""", V2.Table("n:long", "[[1]]"), V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Single(outcome.Rows);
    }

    [Fact]
    public async Task A_cut_answer_is_told_wherever_it_is_cut()
    {
        string body = V2.Answer(V2.Header, V2.TableHeader("n:long,s:string"), V2.Fragment("""[[1,"a"],[2,"b"]]"""), V2.TableCompletion(), V2.Completion);
        for (int cutAt = 0; cutAt < body.Length; cutAt += 29)
        {
            QueryOutcome outcome = await QueryTestServer.RunAsync(body, cutAt: cutAt);
            Assert.NotNull(outcome.Error);
            Assert.Equal(AdxErrorKind.ConnectionFailed, outcome.Error.Kind);
            Assert.True(outcome.Error.ErrorId == (outcome.Tables.Any(table => table.Rows.Count > 0) ? "AdxQueryPartial" : "AdxConnectionFailed"), outcome.Error.ErrorId);
        }
    }

    [Fact]
    public async Task An_answer_that_ends_well_formed_but_without_completion_is_told()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long", "[[1]]")));
        Assert.Equal("AdxQueryPartial", outcome.Error?.ErrorId);
    }

    [Fact]
    public async Task Rows_are_handed_out_while_the_answer_is_still_arriving()
    {
        var goOn = new TaskCompletionSource();
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer
        {
            Write = async (stream, cancel) =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"[{V2.Header},{V2.TableHeader("n:long")},{{\"FrameType\":\"TableFragment\",\"TableFragmentType\":\"DataAppend\",\"TableId\":1,\"Rows\":[[1],[2],[3"), cancel);
                await goOn.Task.WaitAsync(cancel);
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"3]]}},{V2.TableCompletion()},{V2.Completion}]"), cancel);
            },
        });
        AdxConnection connection = await server.ConnectAsync();
        await using AdxQueryReader reader = await new AdxClient(connection).QueryAsync("T");
        Assert.True(await reader.NextTableAsync());
        Assert.True(await reader.ReadBlockAsync());
        Assert.Equal([1L, 2L], reader.Rows.Select(row => row[0]));
        goOn.SetResult();
        Assert.True(await reader.ReadBlockAsync());
        Assert.Equal(33L, Assert.Single(reader.Rows)[0]);
        Assert.False(await reader.ReadBlockAsync());
        Assert.False(await reader.NextTableAsync());
    }

    [Fact]
    public async Task Waiting_for_rows_can_be_cancelled()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer { Write = WriteAndWait($"[{V2.Header},{V2.TableHeader("n:long")}") });
        AdxConnection connection = await server.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        await using AdxQueryReader reader = await new AdxClient(connection).QueryAsync("T");
        Assert.True(await reader.NextTableAsync());
        ValueTask<bool> reading = reader.ReadBlockAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    [Fact]
    public async Task Breaking_off_closes_the_answer()
    {
        var closed = new TaskCompletionSource();
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer
        {
            Write = async (stream, cancel) =>
            {
                try
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes($"[{V2.Header},{V2.TableHeader("n:long")},{V2.Fragment("[[1]]")}"), cancel);
                    while (true)
                        await stream.WriteAsync(Encoding.UTF8.GetBytes("," + V2.Fragment($"[{string.Join(',', Enumerable.Repeat("[1]", 10_000))}]")), cancel);
                }
                catch (IOException)
                {
                    closed.SetResult();
                }
            },
        });
        AdxConnection connection = await server.ConnectAsync();
        await using (AdxQueryReader reader = await new AdxClient(connection).QueryAsync("T"))
        {
            Assert.True(await reader.NextTableAsync());
            Assert.True(await reader.ReadBlockAsync());
        }

        await closed.Task.EndsAsync();
    }

    [Fact]
    public async Task A_row_larger_than_any_buffer_arrives_whole()
    {
        string big = new('x', 3_000_000);
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long,s:string", $$"""[[1,"a"],[2,"{{big}}"],[3,"c"]]"""), V2.Completion), pieceSize: 10_007);
        Assert.Null(outcome.Error);
        Assert.Equal(["a", big, "c"], outcome.Rows.Select(row => row[1]));
    }

    [Fact]
    public async Task A_value_beyond_the_limit_is_refused()
    {
        byte[] body = Encoding.UTF8.GetBytes(V2.Answer(V2.Header, V2.Table("s:string", $"[[\"{new string('x', 3_000_000)}\"]]"), V2.Completion));
        using var source = new JsonPullReader(new MemoryStream(body), maxValue: 1_000_000);
        var frames = new QueryFrameReader(source);
        AdxException error = await Assert.ThrowsAsync<AdxException>(async () =>
        {
            while (!frames.IsEnded)
                await frames.StepAsync(CancellationToken.None);
        });
        Assert.Equal("AdxResultTooLarge", error.ErrorId);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_number_of_rows()
    {
        // 2 million rows, 30 MB: what is held at any time is a block of them.
        byte[] fragment = Encoding.UTF8.GetBytes("," + V2.Fragment($"[{string.Join(',', Enumerable.Repeat("[12345,\"abc\"]", 10_000))}]"));
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer
        {
            Write = async (stream, cancel) =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"[{V2.Header},{V2.TableHeader("n:long,s:string")}"), cancel);
                for (int i = 0; i < 200; i++)
                    await stream.WriteAsync(fragment, cancel);
                await stream.WriteAsync(Encoding.UTF8.GetBytes($",{V2.TableCompletion()},{V2.Completion}]"), cancel);
            },
        });
        AdxConnection connection = await server.ConnectAsync();
        await using AdxQueryReader reader = await new AdxClient(connection).QueryAsync("T");
        Assert.True(await reader.NextTableAsync());
        long rows = 0;
        int largest = 0;
        while (await reader.ReadBlockAsync())
        {
            rows += reader.Rows.Count;
            largest = Math.Max(largest, reader.Rows.Count);
        }

        Assert.Equal(2_000_000, rows);
        Assert.InRange(largest, 1, 4096);
    }

    /// <summary>Writes, and then leaves the client waiting until the server stops.</summary>
    private static Func<Stream, CancellationToken, Task> WriteAndWait(string body) => async (stream, cancel) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(body), cancel);
        await Task.Delay(Timeout.Infinite, cancel);
    };
}
