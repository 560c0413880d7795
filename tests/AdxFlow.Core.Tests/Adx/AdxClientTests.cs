using System.Text;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxClientTests
{
    private const string OneRow = """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"n","DataType":"Int64","ColumnType":"long"}],"Rows":[[1]]}]}""";

    [Fact]
    public async Task A_command_goes_to_the_management_endpoint_with_the_documented_headers()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => OneRow);
        AdxConnection connection = await server.ConnectAsync(database: "it's");
        AdxResultTable result = await new AdxClient(connection).ExecuteCommandAsync(".show tables", new AdxRequestOptions { Operation = "Get-AdxTable", Timeout = TimeSpan.FromMinutes(1) });
        Assert.Equal(1L, Assert.Single(result.Rows)[0]);

        ScriptedRequest request = server.Requests.Last();
        Assert.Equal("POST", request.Method);
        Assert.Equal("/v1/rest/mgmt", request.Path);
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal("application/json; charset=utf-8", request.Header("Content-Type"));
        Assert.Contains("gzip", request.Header("Accept-Encoding"), StringComparison.Ordinal);
        Assert.Equal("AdxFlow", request.Header("x-ms-app"));
        Assert.Equal("[none]", request.Header("x-ms-user"));
        Assert.NotNull(request.Header("x-ms-client-version"));
        Assert.Equal("2024-12-12", request.Header("x-ms-version"));
        Assert.Matches("^AdxFlow\\.Get-AdxTable;[0-9a-f-]{36}$", request.Header("x-ms-client-request-id"));

        using JsonDocument body = JsonDocument.Parse(request.Body);
        Assert.Equal("it's", body.RootElement.GetProperty("db").GetString());
        Assert.Equal(".show tables", body.RootElement.GetProperty("csl").GetString());
        Assert.Equal("00:01:00", body.RootElement.GetProperty("properties").GetProperty("Options").GetProperty("servertimeout").GetString());
    }

    [Theory]
    [InlineData(".show tables", true)]
    [InlineData("  .SHOW tables", true)]
    [InlineData(".create table T (a:long)", false)]
    public async Task A_broken_connection_is_tried_again_for_a_command_that_only_looks(string command, bool isTriedAgain)
    {
        int calls = 0;
        bool isConnected = false;
        await using ScriptedServer server = ScriptedServer.Cluster(_ => isConnected && Interlocked.Increment(ref calls) == 1 ? ScriptedAnswer.Of(0, "") : OneRow);
        AdxConnection connection = await server.ConnectAsync();
        isConnected = true;
        Task<AdxResultTable> running = new AdxClient(connection).ExecuteCommandAsync(command);
        if (isTriedAgain)
            Assert.Single((await running).Rows);
        else
            Assert.Equal("AdxConnectionFailed", (await Assert.ThrowsAsync<AdxException>(() => running)).ErrorId);
        Assert.Equal(isTriedAgain ? 2 : 1, calls);
    }

    [Theory]
    [InlineData(".show tables", 2, true)]
    [InlineData(".show tables", 3, false)]
    [InlineData(".create table T (a:long)", 1, false)]
    public async Task An_answer_that_breaks_off_is_asked_for_again_by_a_command_that_only_looks(string command, int broken, bool isRead)
    {
        int calls = 0;
        bool isConnected = false;
        await using ScriptedServer server = ScriptedServer.Cluster(_ => isConnected && Interlocked.Increment(ref calls) <= broken
            ? new ScriptedAnswer { Body = Encoding.UTF8.GetBytes(OneRow), CutAt = 60 }
            : OneRow);
        AdxConnection connection = await server.ConnectAsync();
        isConnected = true;
        Task<AdxResultTable> running = new AdxClient(connection).ExecuteCommandAsync(command);
        if (isRead)
            Assert.Single((await running).Rows);
        else
            Assert.Equal("AdxConnectionFailed", (await Assert.ThrowsAsync<AdxException>(() => running)).ErrorId);
        Assert.Equal(isRead ? broken + 1 : broken, calls);
    }

    [Fact]
    public async Task A_query_asks_for_rows_that_stream_and_sends_its_parameters_as_literals()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => V2.Answer(V2.Header, V2.Table("n:long", "[]"), V2.Completion));
        AdxConnection connection = (await server.ConnectAsync()).WithDatabase("Other");
        var options = new AdxRequestOptions
        {
            Parameters = new Dictionary<string, object?> { ["s"] = "it's", ["n"] = 5L, ["t"] = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
            Options = new Dictionary<string, object?> { ["notruncation"] = true, ["results_error_reporting_placement"] = "in_data", ["truncationmaxrecords"] = 5, ["query_now"] = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
            Timeout = Timeout.InfiniteTimeSpan,
        };
        await using (await new AdxClient(connection).QueryAsync("declare query_parameters(s:string, n:long, t:datetime); T", options))
        {
            ScriptedRequest request = server.Requests.Last();
            Assert.Equal("/v2/rest/query", request.Path);
            using JsonDocument body = JsonDocument.Parse(request.Body);
            Assert.Equal("Other", body.RootElement.GetProperty("db").GetString());
            JsonElement properties = body.RootElement.GetProperty("properties");
            Assert.Equal(@"'it\'s'", properties.GetProperty("Parameters").GetProperty("s").GetString());
            Assert.Equal("long(5)", properties.GetProperty("Parameters").GetProperty("n").GetString());
            Assert.Equal("datetime(2020-01-01T00:00:00.0000000Z)", properties.GetProperty("Parameters").GetProperty("t").GetString());
            JsonElement sent = properties.GetProperty("Options");
            Assert.True(sent.GetProperty("results_v2_fragment_primary_tables").GetBoolean());
            Assert.Equal("in_data", sent.GetProperty("results_error_reporting_placement").GetString());
            Assert.True(sent.GetProperty("notruncation").GetBoolean());
            Assert.Equal(5, sent.GetProperty("truncationmaxrecords").GetInt32());
            Assert.Equal("2020-01-01T00:00:00.0000000Z", sent.GetProperty("query_now").GetString());
            Assert.True(sent.GetProperty("norequesttimeout").GetBoolean());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task A_command_result_is_read_in_any_order_and_without_column_types(int pieceSize)
    {
        const string Body = """{"Unknown":{"a":1},"Tables":[{"Rows":[["T",2,true,{"a":1},null]],"Columns":[{"ColumnName":"Name","DataType":"String"},{"ColumnName":"n","DataType":"Int32"},{"ColumnName":"b","DataType":"SByte"},{"ColumnName":"o","DataType":"Object"},{"ColumnName":"t","DataType":"TimeSpan"}],"TableName":"Table_0"}]}""";
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer { Body = Encoding.UTF8.GetBytes(Body), PieceSize = pieceSize });
        AdxResultTable result = await new AdxClient(await server.ConnectAsync()).ExecuteCommandAsync(".show tables");
        Assert.Equal("Table_0", result.Name);
        Assert.Equal("Name:string,n:int,b:bool,o:dynamic,t:timespan", string.Join(',', result.Columns));
        object?[] row = Assert.Single(result.Rows);
        Assert.Equal(["T", 2, true], row[..3]);
        Assert.Equal(1L, Assert.IsType<Dictionary<string, object?>>(row[3])["a"]);
        Assert.Null(row[4]);
        Assert.Equal(0, result.Ordinal("NAME"));
        Assert.Equal(-1, result.Ordinal("absent"));
    }

    [Fact]
    public async Task With_several_tables_the_contents_say_which_one_answers()
    {
        const string Body = """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"Value","DataType":"String"}],"Rows":[["{}"]]},{"TableName":"Table_1","Columns":[{"ColumnName":"n","DataType":"Int64"}],"Rows":[[7]]},{"TableName":"Table_2","Columns":[{"ColumnName":"Severity","DataType":"Int32"},{"ColumnName":"StatusDescription","DataType":"String"}],"Rows":[[4,{"Text":"done"}]]},{"TableName":"Table_3","Columns":[{"ColumnName":"Ordinal","DataType":"Int64"},{"ColumnName":"Kind","DataType":"String"},{"ColumnName":"Name","DataType":"String"}],"Rows":[[0,"QueryProperties","@ExtendedProperties"],[1,"QueryResult","PrimaryResult"],[2,"QueryStatus","QueryStatus"]]}]}""";
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Body);
        AdxResultTable result = await new AdxClient(await server.ConnectAsync()).ExecuteCommandAsync(".show tables | count");
        Assert.Equal(7L, Assert.Single(result.Rows)[0]);
    }

    [Theory]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"n","DataType":"Int64"}],"Rows":[[1],{"Exceptions":["Query execution has exceeded the allowed limits (80DA0003): ."]}]}],"Exceptions":["Query execution has exceeded the allowed limits (80DA0003): ."]}""", "80DA0003")]
    [InlineData("""{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"n","DataType":"Int64"}],"Rows":[[1]]}],"Exceptions":["It went wrong."]}""", "It went wrong.")]
    [InlineData("""{"Tables":[{"TableName":"S","Columns":[{"ColumnName":"Severity","DataType":"Int32"},{"ColumnName":"StatusDescription","DataType":"String"}],"Rows":[[2,"It went wrong."]]}]}""", "It went wrong.")]
    [InlineData("""{"error":{"code":"General_BadRequest","@message":"It went wrong."}}""", "It went wrong.")]
    public async Task A_failure_hidden_in_the_answer_to_a_command_is_thrown(string body, string part)
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => body);
        AdxClient client = new(await server.ConnectAsync());
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.ExecuteCommandAsync(".show tables"));
        Assert.Equal("AdxCommandFailed", error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_answer_to_a_command_is_told()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer { Body = Encoding.UTF8.GetBytes(OneRow), CutAt = 60 });
        AdxClient client = new(await server.ConnectAsync());
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.ExecuteCommandAsync(".show tables"));
        Assert.Equal(AdxErrorKind.ConnectionFailed, error.Kind);
        Assert.Contains("sent a second time", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_query_is_not_sent()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => OneRow);
        AdxClient client = new(await server.ConnectAsync());
        int before = server.Requests.Count;
        Assert.Equal("AdxInvalidQuery", (await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync(" \n"))).ErrorId);
        Assert.Equal(before, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = new ScriptedServer(_ => OneRow);
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = other.Uri + "?code=secret" } });
        AdxClient client = new(await server.ConnectAsync());
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.ExecuteCommandAsync(".show tables"));
        Assert.Equal("AdxRedirected", error.ErrorId);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_query_the_service_refuses_fails_with_its_message_and_position()
    {
        const string Body = """{"error":{"code":"General_BadRequest","message":"Request is invalid and cannot be executed.","@type":"Kusto.Data.Exceptions.KustoBadRequestException","@message":"Request is invalid and cannot be processed: Syntax error: SYN0002: A recognition error occurred. [line:position=1:12]. Query: 'T | whaat'","@context":{"clientRequestId":"AdxFlow.Query;1","activityId":"act-1"},"@permanent":true,"innererror":{"code":"SYN0002","message":"A recognition error occurred.","@errorCode":"SYN0002","@errorMessage":"A recognition error occurred."}}}""";
        await using ScriptedServer server = ScriptedServer.Cluster(_ => ScriptedAnswer.Of(400, Body));
        AdxClient client = new(await server.ConnectAsync());
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync("T | whaat"));
        Assert.Equal("AdxQueryFailed", error.ErrorId);
        Assert.Equal(AdxErrorKind.InvalidArgument, error.Kind);
        Assert.Equal("SYN0002", error.ServiceCode);
        Assert.Equal(400, error.StatusCode);
        Assert.Equal("act-1", error.ActivityId);
        Assert.Equal("AdxFlow.Query;1", error.ClientRequestId);
        Assert.True(error.IsPermanent);
        Assert.Contains("[line:position=1:12]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_is_told_at_once()
    {
        Uri nowhere;
        await using (var gone = new ScriptedServer(_ => ""))
            nowhere = gone.Uri;
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = nowhere.AbsoluteUri, SignIn = AdxFlow.Auth.AdxSignIn.Local() }));
        Assert.Equal("AdxConnectionFailed", error.ErrorId);
        Assert.Contains(nowhere.Authority, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_no_cluster_is_told()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(404, "<html><title>404 Not Found</title></html>", "text/html"));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => server.ConnectAsync());
        Assert.Equal("AdxNotACluster", error.ErrorId);
    }

    [Fact]
    public async Task A_principal_who_may_not_ask_for_the_version_connects_all_the_same()
    {
        await using var server = new ScriptedServer(request => request.Method == "GET" ? ScriptedServer.NoSignIn : ScriptedAnswer.Of(403, ""));
        AdxConnection connection = await server.ConnectAsync();
        Assert.Null(connection.ServerVersion);
        Assert.Equal($"{server.Uri.GetLeftPart(UriPartial.Authority)}/NetDefaultDB as administrator", connection.ToString());
    }

    [Fact]
    public async Task Waiting_for_an_answer_can_be_cancelled()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => new ScriptedAnswer { Write = (_, cancel) => Task.Delay(Timeout.Infinite, cancel) });
        AdxConnection connection = await server.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        Task<AdxResultTable> waiting = new AdxClient(connection).ExecuteCommandAsync(".show tables", cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
