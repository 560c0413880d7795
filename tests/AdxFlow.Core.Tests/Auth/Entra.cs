using System.Globalization;
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

    /// <summary>The tokens of a user: one to call with, one that says who it is, one to renew with.</summary>
    public static ScriptedAnswer UserToken(string mark, int expiresIn)
    {
        const string Id = "0ad1b6a3-5d53-4c1b-8f40-0b7a8a1c9e12";
        string claims = $$"""{"upn":"ada@contoso.com","oid":"{{Id}}","tid":"{{FakeEntra.Tenant}}"}""";
        string idClaims = $$"""{"preferred_username":"ada@contoso.com","oid":"{{Id}}","tid":"{{FakeEntra.Tenant}}","sub":"s","aud":"db662dc1-0cfe-4e1c-a843-19a68e65be58"}""";
        string client = FakeEntra.Encode($$"""{"uid":"{{Id}}","utid":"{{FakeEntra.Tenant}}"}""");
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"token_type":"Bearer","expires_in":{{expiresIn}},"access_token":"{{FakeEntra.Jwt(mark, claims)}}","refresh_token":"r3fresh","id_token":"{{FakeEntra.Jwt("id", idClaims)}}","client_info":"{{client}}"}
            """);
    }
}
