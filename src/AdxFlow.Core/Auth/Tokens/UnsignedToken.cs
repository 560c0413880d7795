using System.Text.Json;

namespace AdxFlow.Auth;

/// <summary>
/// A JSON Web Token without signature (RFC 7519, section 6), with the claims that Entra ID would put for the principal:
/// <c>appid</c>, <c>oid</c>, <c>tid</c> for an application; <c>upn</c> or <c>oid</c>, and <c>tid</c>, for a user.
/// </summary>
internal static class UnsignedToken
{
    public static string Create(AdxPrincipal principal, Uri audience)
    {
        var claims = new Dictionary<string, object>
        {
            ["aud"] = audience.OriginalString,
            ["ver"] = "1.0",
        };
        if (principal.Tenant is { } tenant)
        {
            claims["tid"] = tenant;
            claims["iss"] = $"https://sts.windows.net/{tenant}/";
        }

        if (principal.Kind == AdxPrincipalKind.Application)
        {
            claims["appid"] = principal.Id;
            claims["oid"] = principal.Id;
            claims["idtyp"] = "app";
        }
        else if (Guid.TryParse(principal.Id, out _))
        {
            claims["oid"] = principal.Id;
        }
        else
        {
            claims["upn"] = principal.Id;
        }

        return $"{Encode(new Dictionary<string, object> { ["alg"] = "none", ["typ"] = "JWT" })}.{Encode(claims)}.";
    }

    private static string Encode(Dictionary<string, object> part) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(part)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
