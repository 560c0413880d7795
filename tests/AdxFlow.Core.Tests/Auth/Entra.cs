using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth;

/// <summary>Answers in the form of Entra ID's, with the ids and the time that follow its messages.</summary>
internal static class Entra
{
    public const string TraceId = "0a1b2c3d-0000-4000-8000-000000000001";
    public const string CorrelationId = "0a1b2c3d-0000-4000-8000-000000000002";

    public static ScriptedAnswer Refusal(int code, string message, string error = "invalid_client") => ScriptedAnswer.Of(error == "invalid_client" ? 401 : 400, $$"""
        {"error":"{{error}}","error_description":"{{message}} Trace ID: {{TraceId}} Correlation ID: {{CorrelationId}} Timestamp: 2026-01-02 03:04:05Z","error_codes":[{{code}}],"timestamp":"2026-01-02 03:04:05Z","trace_id":"{{TraceId}}","correlation_id":"{{CorrelationId}}"}
        """);
}
