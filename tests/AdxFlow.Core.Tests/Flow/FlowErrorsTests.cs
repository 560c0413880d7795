using AdxFlow.Core.Tests.Http;
using AdxFlow.Flow;
using Azure.Core;

namespace AdxFlow.Core.Tests.Flow;

public sealed class FlowErrorsTests
{
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/flows/{id}");

    [Fact]
    public async Task An_error_of_today_is_read()
    {
        FlowException error = await FailAsync(404, """
            {"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"Resource not found","status":404,
             "report":{"detailed-message":"No flow with id x","id":"i","request-id":"r-1","type":"flows"},"errorMessage":"no","errorDetails":""}
            """);
        Assert.Equal(("FlowNotFound", AdxErrorKind.NotFound, "FLOW-1439-404", "FLOW", "r-1", 404),
            (error.ErrorId, error.Kind, error.ServiceCode, error.Prefix, error.RequestId, error.StatusCode));
        Assert.StartsWith("No flow with id x. ", error.Message, StringComparison.Ordinal);
        Assert.Contains("may have no access", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsPermanent);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public async Task An_error_of_old_is_read()
    {
        FlowException error = await FailAsync(412, """{"errorMessage":"Supplied version=[\"a\"] does not match the current version on entity=[\"b\"]","errorDetails":"E-1"}""");
        Assert.Equal(("FlowConflict", AdxErrorKind.Conflict, null), (error.ErrorId, error.Kind, error.ServiceCode));
        Assert.EndsWith("on entity=[\"b\"]: E-1", error.Message, StringComparison.Ordinal);
        Assert.Equal("Please provide a valid spec id", (await FailAsync(400, """{"message":"Please provide a valid spec id"}""")).Message);
    }

    [Theory]
    [InlineData(403, """{"error_code":"403010","message":"Oauth token is missing."}""", "FlowAuthenticationFailed", "403010")]
    [InlineData(403, """{"error_code":403025,"message":"Profile is not valid"}""", "FlowAuthenticationFailed", "403025")]
    [InlineData(403, """{"error_code":"403003","message":"Api Key is invalid"}""", "FlowAuthenticationFailed", "403003")]
    public async Task An_error_of_the_gateway_is_read(int status, string body, string id, string code)
    {
        FlowException error = await FailAsync(status, body);
        Assert.Equal((id, code, AdxErrorKind.AuthenticationFailed), (error.ErrorId, error.ServiceCode, error.Kind));
    }

    [Theory]
    [InlineData("""{"type":"http://ns.adobe.com/aep/errors/XDM-1010-404","title":"t","status":404,"report":{"registryRequestId":"r-2","detailed-message":"d"},"detail":"e"}""", "XDM-1010-404", "XDM", "d")]
    [InlineData("""{"status":404,"title":"BadRequestError","type":"http://ns.adobe.com/aep/errors/SMS-2074-404"}""", "SMS-2074-404", "SMS", "BadRequestError")]
    [InlineData("""{"type":"about:blank","status":404,"title":"BadRequestError","detail":"No dataset"}""", null, null, "No dataset")]
    public async Task An_error_of_a_neighbour_is_read(string body, string? code, string? prefix, string message)
    {
        FlowException error = await FailAsync(404, body);
        Assert.Equal(("FlowNotFound", code, prefix), (error.ErrorId, error.ServiceCode, error.Prefix));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_with_a_failure_is_told()
    {
        FlowException error = await FailAsync(503, "<html><head><title>Service Temporarily Unavailable</title></head></html>");
        Assert.Equal(("FlowServiceError", "The service answered with HTTP status 503 and a web page ('Service Temporarily Unavailable')."), (error.ErrorId, error.Message));
        Assert.False(error.IsPermanent);
    }

    [Theory]
    [InlineData("FLOW-1418-400", 400, "FlowInUse", AdxErrorKind.Conflict)]
    [InlineData("FLOW-1416-400", 400, "FlowInvalidState", AdxErrorKind.Conflict)]
    [InlineData("FLOW-1404-412", 412, "FlowConflict", AdxErrorKind.Conflict)]
    [InlineData("CONNECTOR-1404-400", 400, "FlowInvalidRequest", AdxErrorKind.InvalidArgument)]
    [InlineData("CONNECTOR-1300-400", 400, "FlowNotSupported", AdxErrorKind.InvalidArgument)]
    [InlineData("CONNECTOR-1308-400", 400, "FlowSourceRefused", AdxErrorKind.ServiceError)]
    [InlineData("FLOW-1425-400", 400, "FlowSchemaMismatch", AdxErrorKind.InvalidArgument)]
    [InlineData("FLOW-2120-403", 403, "FlowAccessDenied", AdxErrorKind.PermissionDenied)]
    [InlineData("FLOW-2100-404", 404, "FlowSandboxNotFound", AdxErrorKind.NotFound)]
    [InlineData("FLOW-2001-401", 400, "FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed)]
    [InlineData("FLOW-1439-400", 400, "FlowNotFound", AdxErrorKind.NotFound)]
    [InlineData("FLOW-1104-504", 504, "FlowTimeout", AdxErrorKind.Timeout)]
    [InlineData("FLOW-9999-409", 409, "FlowAlreadyExists", AdxErrorKind.AlreadyExists)]
    [InlineData("FLOW-9999-429", 429, "FlowThrottled", AdxErrorKind.Throttled)]
    public async Task A_code_has_its_stable_id(string code, int status, string id, AdxErrorKind kind)
    {
        FlowException error = await FailAsync(status, $$"""{"type":"https://ns.adobe.com/aep/errors/{{code}}","title":"t","status":{{status}}}""");
        Assert.Equal((id, kind, code), (error.ErrorId, error.Kind, error.ServiceCode));
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[\"a\"]")]
    [InlineData("""{"report":"x","type":5,"error_code":{}}""")]
    public async Task A_body_of_no_known_form_is_an_error_all_the_same(string body)
    {
        FlowException error = await FailAsync(400, body);
        Assert.Equal("FlowInvalidRequest", error.ErrorId);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public async Task What_the_request_kept_secret_does_not_come_back_in_the_message()
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(400, """{"message":"servicePrincipalKey 'k3y-of-adx' is wrong; Authorization: Bearer abc.def.ghi"}"""));
        FlowClient client = await platform.ConnectAsync();
        FlowException error = await Assert.ThrowsAsync<FlowException>(() => client.SendAsync(new FlowRequest(Get, "x") { Secrets = ["k3y-of-adx"] }, TestContext.Current.CancellationToken));
        Assert.Equal("servicePrincipalKey 'REDACTED' is wrong; Authorization: Bearer REDACTED", error.Message);
    }

    private static async Task<FlowException> FailAsync(int status, string body)
    {
        await using var platform = new ScriptedPlatform(_ => ScriptedAnswer.Of(status, body));
        FlowClient client = await platform.ConnectAsync();
        return await Assert.ThrowsAsync<FlowException>(() => client.SendAsync(new FlowRequest(Get, "x"), TestContext.Current.CancellationToken));
    }
}
