using System.Text;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>Answers that are wrong in themselves: nothing of them is taken for a result.</summary>
public sealed class BadResultTests
{
    [Theory]
    [InlineData("""[[1,"a"],[2]]""", "Row 2 has 1 values for 2 columns")]
    [InlineData("""[[1,"a"],[2,"b",{"more":[1]}]]""", "Row 2 has more values than the 2 columns")]
    public async Task A_row_of_another_width_is_an_error_after_the_rows_before_it(string rows, string part)
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long,s:string", rows), V2.Completion));
        Assert.Equal("AdxInvalidResult", outcome.Error?.ErrorId);
        Assert.Contains(part, outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_any_width_are_taken_where_that_was_asked_for()
    {
        var options = new AdxFlow.Adx.AdxRequestOptions { Options = new Dictionary<string, object?> { ["client_results_reader_allow_varying_row_widths"] = true } };
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long,s:string", """[[1],[2,"b",{"more":[1]}],[3,"c"]]"""), V2.Completion), options: options);
        Assert.Null(outcome.Error);
        Assert.Equal(["", "b", "c"], outcome.Rows.Select(row => row[1]));
    }

    [Fact]
    public async Task What_the_service_tells_of_itself_may_be_ragged()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("n:long", "[[1]]"), V2.Table("a:string,b:string", """[["x"]]""", 9, "QueryTraceLog", "T"), V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Single(outcome.Rows);
    }

    [Fact]
    public async Task A_table_that_never_ends_is_told_though_the_answer_says_it_is_complete()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.TableHeader("n:long"), V2.Fragment("[[1]]"), V2.Completion));
        Assert.Equal("AdxQueryPartial", outcome.Error?.ErrorId);
    }

    [Fact]
    public async Task Rows_that_are_missing_by_the_service_s_own_count_are_told()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.TableHeader("n:long"), V2.Fragment("[[1]]"), """{"FrameType":"TableCompletion","TableId":1,"RowCount":2}""", V2.Completion));
        Assert.Equal("AdxInvalidResult", outcome.Error?.ErrorId);
        Assert.Contains("counts 2 rows, but 1 came", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_kept()
    {
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("s:string", """[["a\ud83d\n\"\\\/\u0041é"]]"""), V2.Completion));
        Assert.Null(outcome.Error);
        Assert.Equal("a\ud83d\n\"\\/Aé", Assert.Single(outcome.Rows)[0]);
    }

    [Theory]
    [InlineData("s:string")]
    [InlineData("d:dynamic")]
    [InlineData("t:datetime")]
    public async Task Bytes_that_are_no_UTF_8_are_an_error(string column)
    {
        byte[] body = Encoding.UTF8.GetBytes(V2.Answer(V2.Header, V2.Table(column, """[["a~b"]]"""), V2.Completion));
        body[Array.IndexOf(body, (byte)'~')] = 0xff;
        QueryOutcome outcome = await QueryTestServer.RunAsync(new AdxFlow.Core.Tests.Http.ScriptedAnswer { Body = body });
        Assert.Equal("AdxInvalidResult", outcome.Error?.ErrorId);
        Assert.Contains("UTF-8", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(300, "AdxInvalidResult")]
    [InlineData(100_000, "AdxInvalidResult")]
    public async Task A_dynamic_value_may_be_deep_but_not_without_end(int depth, string? errorId)
    {
        string value = new string('[', depth) + new string(']', depth);
        QueryOutcome outcome = await QueryTestServer.RunAsync(V2.Answer(V2.Header, V2.Table("d:dynamic", $"[[{value}]]"), V2.Completion));
        Assert.Equal(errorId, outcome.Error?.ErrorId);
    }

    [Fact]
    public async Task An_error_may_be_deep_as_well()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"a":""", 120)) + "1" + new string('}', 120);
        QueryOutcome outcome = await QueryTestServer.RunAsync("""{"error":{"code":"c","@message":"It went wrong.","@context":""" + deep + "}}");
        Assert.Equal("AdxQueryFailed", outcome.Error?.ErrorId);
        Assert.Contains("It went wrong.", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_answer_that_is_cut_is_partial()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(V2.Answer(V2.Header, V2.TableHeader("n:long"), V2.Fragment($"[{string.Join(',', Enumerable.Repeat("[1]", 50_000))}]"), V2.TableCompletion(), V2.Completion)));
        byte[] body = packed.ToArray();
        var answer = new AdxFlow.Core.Tests.Http.ScriptedAnswer { Body = body[..(body.Length / 2)], Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } };
        QueryOutcome outcome = await QueryTestServer.RunAsync(answer);
        Assert.Equal("AdxQueryPartial", outcome.Error?.ErrorId);
    }

    [Fact]
    public async Task A_row_beyond_the_limit_is_refused_and_the_rows_before_it_are_there()
    {
        var options = new AdxFlow.Adx.AdxRequestOptions { MaxRowBytes = 1_000_000 };
        string body = V2.Answer(V2.Header, V2.TableHeader("s:string"), V2.Fragment("""[["small"]]"""), V2.Fragment($"[[\"{new string('x', 3_000_000)}\"]]"), V2.TableCompletion(), V2.Completion);
        QueryOutcome outcome = await QueryTestServer.RunAsync(body, options: options);
        Assert.Equal("small", Assert.Single(outcome.Rows)[0]);
        Assert.Equal("AdxResultTooLarge", outcome.Error?.ErrorId);
        Assert.Equal(AdxErrorKind.LimitExceeded, outcome.Error!.Kind);
    }
}
