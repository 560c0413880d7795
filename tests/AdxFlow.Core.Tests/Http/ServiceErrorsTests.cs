using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Core.Tests.Http;

public sealed class ServiceErrorsTests
{
    private const string Principal = "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com";

    public static TheoryData<string, string> Messages => new()
    {
        { """{"error":{"code":"c","message":"generic","@message":"precise"}}""", "precise" },
        { """{"error":{"code":"c","message":"generic"}}""", "generic" },
        { """{"error":{"message":"generic"}}""", "generic" },
        { """{"error":{"@message":"precise"}}""", "precise" },
        { """{"error":{"@message":"outer","innererror":{"code":"SEM0100","@message":"inner"}}}""", "inner" },
        { """{"error":{"@message":"outer","innererror":{"code":"x","innererror":{"@errorMessage":"innermost"}}}}""", "innermost" },
        { """{"error":{"@message":"Semantic error: SEM0100: no such column. [line:position=1:5]","innererror":{"code":"SEM0100","message":"no such column"}}}""", "[line:position=1:5]" },
        { """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret"}""", "AADSTS7000215" },
        { """{"Message":"An error has occurred."}""", "An error has occurred." },
        { """{"type":"about:blank","title":"Bad Request","detail":"The field is missing."}""", "The field is missing." },
        { """{"some":"thing"}""", """{"some":"thing"}""" },
        { "\"just text\"", "just text" },
        { """[{"error":{"message":"first"}},{"error":{"message":"second"}}]""", "first" },
        { """{"error":{"@message":"cut in the mid""", "cut in the mid" },
        { "Bad request: Control commands (starting with a dot '.') do not support api_version=v2", "api_version=v2" },
        { "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate.\nTime:2020</Message></Error>", "Server failed to authenticate." },
        { "<!DOCTYPE html><html><head><title>502 &amp; Bad Gateway</title></head><body>x</body></html>", "502 & Bad Gateway" },
        { "<html><body></body></html>", "web page" },
        { "", "HTTP status 400 (Reason)" },
        { "  \r\n ", "HTTP status 400 (Reason)" },
        { "{}", "{}" },
        { "null", "null" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task The_message_is_found_in_a_body_of_any_kind(string body, string part)
    {
        AdxException error = await ErrorAsync(400, body, new ErrorContext(ServiceOperation.Command));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal("AdxCommandFailed", error.ErrorId);
        Assert.Equal(400, error.StatusCode);
    }

    [Theory]
    [InlineData(401, "", "AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, true)]
    [InlineData(403, "", "AdxForbidden", AdxErrorKind.PermissionDenied, true)]
    [InlineData(404, "", "AdxNotFound", AdxErrorKind.NotFound, true)]
    [InlineData(408, "", "AdxTimeout", AdxErrorKind.Timeout, false)]
    [InlineData(409, """{"error":{"code":"BadRequest_EntityAlreadyExists","@message":"Entity ID 'T' of kind 'Table' already exists."}}""", "AdxAlreadyExists", AdxErrorKind.AlreadyExists, true)]
    [InlineData(400, """{"error":{"code":"LocalStandIn_NotSupported","@message":"The local stand-in has no operator 'fork' (line 1, col 5)."}}""", "AdxLocalNotSupported", AdxErrorKind.NotSupported, true)]
    [InlineData(412, "", "AdxClusterStopped", AdxErrorKind.ServiceError, false)]
    [InlineData(413, "", "AdxRequestTooLarge", AdxErrorKind.LimitExceeded, true)]
    [InlineData(429, "", "AdxThrottled", AdxErrorKind.Throttled, false)]
    [InlineData(500, "", "AdxServiceError", AdxErrorKind.ServiceError, false)]
    [InlineData(503, "<html>busy</html>", "AdxServiceError", AdxErrorKind.ServiceError, false)]
    [InlineData(504, "", "AdxTimeout", AdxErrorKind.Timeout, false)]
    [InlineData(520, "", "AdxServiceError", AdxErrorKind.ServiceError, false)]
    [InlineData(500, """{"error":{"@permanent":true,"@message":"no"}}""", "AdxServiceError", AdxErrorKind.ServiceError, true)]
    [InlineData(400, """{"error":{"@permanent":false,"@message":"no"}}""", "AdxCommandFailed", AdxErrorKind.InvalidArgument, false)]
    [InlineData(400, """{"error":{"@type":"Kusto.DataNode.Exceptions.ControlCommandThrottledException","@message":"busy"}}""", "AdxThrottled", AdxErrorKind.Throttled, false)]
    [InlineData(400, """{"error":{"code":"BadRequest_EntityNotFound","@message":"Entity ID 'T' of kind 'Table' was not found."}}""", "AdxTableNotFound", AdxErrorKind.NotFound, true)]
    [InlineData(400, """{"error":{"code":"BadRequest_EntityNotFound","@message":"Entity ID 'my Database' of kind 'Table' was not found."}}""", "AdxTableNotFound", AdxErrorKind.NotFound, true)]
    [InlineData(400, """{"error":{"code":"BadRequest_TableNotExist","@message":"no"}}""", "AdxTableNotFound", AdxErrorKind.NotFound, true)]
    [InlineData(400, """{"error":{"@message":"Database 'X' could not be found."}}""", "AdxDatabaseNotFound", AdxErrorKind.NotFound, true)]
    [InlineData(400, """{"error":{"@message":"Database 'it's mine' could not be found."}}""", "AdxDatabaseNotFound", AdxErrorKind.NotFound, true)]
    [InlineData(400, """{"error":{"@message":"'x' operator: no such thing in Table 'T'. Column 'C' could not be found."}}""", "AdxCommandFailed", AdxErrorKind.InvalidArgument, true)]
    [InlineData(400, """{"error":{"code":"BadRequest_DatabaseNotExist","@message":"no"}}""", "AdxDatabaseNotFound", AdxErrorKind.NotFound, true)]
    public async Task Every_answer_gets_its_stable_id(int status, string body, string errorId, AdxErrorKind kind, bool permanent)
    {
        AdxException error = await ErrorAsync(status, body, new ErrorContext(ServiceOperation.Command) { Database = "D", ClientRequestId = "AdxFlow.X;1" });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(permanent, error.IsPermanent);
        Assert.NotEmpty(error.Message);
        Assert.NotNull(error.ClientRequestId);
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
    }

    [Fact]
    public async Task A_refusal_to_ingest_names_the_role_and_the_cmdlet_that_gives_it()
    {
        var context = new ErrorContext(ServiceOperation.Ingest) { Database = "D", Table = "it's", Principal = Principal };
        AdxException error = await ErrorAsync(403, """{"error":{"code":"Forbidden","@message":"Principal is not authorized."}}""", context);
        Assert.Equal("AdxForbidden", error.ErrorId);
        Assert.Contains("Principal is not authorized", error.Message, StringComparison.Ordinal);
        Assert.Contains("role Ingestor on table 'it's'", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Have a table or database administrator run: Grant-AdxIngestor -Table 'it''s' -Principal '{Principal}' -Database 'D'", error.RecommendedAction);
    }

    [Theory]
    [InlineData("Bearer authorization_uri=\"https://login.microsoftonline.com/common\", error=\"invalid_token\", error_description=\"The audience is wrong\"", "The audience is wrong")]
    [InlineData("Bearer authorization_uri=\"https://login.microsoftonline.com/common\"", "HTTP status 401")]
    [InlineData("Bearer error_description=\"Authorization: Bearer eyJ0.eyJ1.c2ln\"", "REDACTED")]
    public async Task A_refused_token_is_explained_by_the_challenge(string challenge, string part)
    {
        AdxException error = await ErrorAsync(401, "", new ErrorContext(ServiceOperation.Query), new Dictionary<string, string> { ["WWW-Authenticate"] = challenge });
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_to_query_names_the_role()
    {
        AdxException error = await ErrorAsync(403, "", new ErrorContext(ServiceOperation.Query) { Database = "D", Principal = Principal });
        Assert.Contains("Viewer or User on database 'D'", error.Message, StringComparison.Ordinal);
        Assert.Contains(Principal, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_absent_when_ingesting_is_offered_to_be_made()
    {
        AdxException error = await ErrorAsync(400, """{"error":{"@message":"Entity ID 'T' of kind 'Table' was not found."}}""", new ErrorContext(ServiceOperation.Ingest) { Table = "T" });
        Assert.Equal("AdxTableNotFound", error.ErrorId);
        Assert.Contains("-CreateTable", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_storage_is_read_from_its_header()
    {
        AdxException error = await ErrorAsync(403, "", new ErrorContext(ServiceOperation.Upload), new Dictionary<string, string> { ["x-ms-error-code"] = "AuthenticationFailed", ["x-ms-activity-id"] = "act" });
        Assert.Equal("AdxUploadRefused", error.ErrorId);
        Assert.Equal("AuthenticationFailed", error.ServiceCode);
        Assert.Equal("act", error.ActivityId);
    }

    [Fact]
    public async Task A_signature_or_token_in_a_message_is_taken_out()
    {
        const string Body = "Failed to read https://a.blob.core.windows.net/c/b?sv=2020&sig=abc%2Bdef%3D&se=x with Authorization: Bearer eyJ0.eyJ1.c2ln";
        AdxException error = await ErrorAsync(400, Body, new ErrorContext(ServiceOperation.Ingest));
        Assert.DoesNotContain("abc%2Bdef", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ0", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("sv=2020", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_is_read_no_further_than_is_shown()
    {
        AdxException error = await ErrorAsync(400, new string('x', 1_000_000), new ErrorContext(ServiceOperation.Command));
        Assert.InRange(error.Message.Length, 1000, 5000);
    }

    [Fact]
    public async Task A_body_that_stops_coming_leaves_what_the_status_says()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(403, "{}"));
        HttpPipeline pipeline = ServicePipelines.Create(ScriptedServer.QuickRetries).Storage;
        using HttpMessage message = pipeline.CreateMessage();
        message.BufferResponse = false;
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(server.Uri);
        await pipeline.SendAsync(message, TestContext.Current.CancellationToken);
        message.Response.ContentStream = new StalledStream();
        AdxException error = await ServiceErrors.FromAsync(message.Response, new ErrorContext(ServiceOperation.Query), TestContext.Current.CancellationToken);
        Assert.Equal(("AdxForbidden", 403), (error.ErrorId, error.StatusCode));

        message.Response.ContentStream = new StalledStream();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ServiceErrors.FromAsync(message.Response, new ErrorContext(ServiceOperation.Query), new CancellationToken(canceled: true)).AsTask());
    }

    /// <summary>Ends as a stream of Azure.Core does whose time is over.</summary>
    private sealed class StalledStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.");
    }

    private static async Task<AdxException> ErrorAsync(int status, string body, ErrorContext context, Dictionary<string, string>? headers = null)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(status, body) with { Headers = headers ?? [] });
        HttpPipeline pipeline = ServicePipelines.Create(ScriptedServer.QuickRetries with { MaxRetries = 0 }).Storage;
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(server.Uri);
        message.Request.ClientRequestId = "AdxFlow.Test;1";
        await pipeline.SendAsync(message, CancellationToken.None);
        AdxException buffered = ServiceErrors.From(message.Response, context);

        using HttpMessage again = pipeline.CreateMessage();
        again.BufferResponse = false;
        again.Request.Method = RequestMethod.Post;
        again.Request.Uri.Reset(server.Uri);
        await pipeline.SendAsync(again, CancellationToken.None);
        AdxException streamed = await ServiceErrors.FromAsync(again.Response, context, CancellationToken.None);
        Assert.Equal(buffered.Message, streamed.Message);
        Assert.Equal(buffered.ErrorId, streamed.ErrorId);
        return buffered;
    }
}
