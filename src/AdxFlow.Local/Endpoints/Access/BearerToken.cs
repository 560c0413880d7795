using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Access;

/// <summary>
/// Reads who one is from the Authorization header. The claims are those of Microsoft Entra; the signature is not checked,
/// for there is nobody here to have signed it. A token past its <c>exp</c> is refused, as by the service.
/// </summary>
/// <remarks>Source: Microsoft Learn, "Access token claims reference" of the Microsoft identity platform.</remarks>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <exception cref="UnauthorizedException">Another scheme, or a token that cannot be read.</exception>
    public static Caller Authenticate(string? header)
    {
        if (header is null) return Caller.Administrator;
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) throw new UnauthorizedException("The scheme is not Bearer.");
        string[] parts = header[Scheme.Length..].Trim().Split('.');
        if (parts.Length != 3) throw new UnauthorizedException("The token is not a JSON Web Token.");
        try
        {
            using JsonDocument claims = JsonDocument.Parse(Decode(parts[1]));
            return Read(claims.RootElement);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw new UnauthorizedException("The token cannot be read.");
        }
    }

    private static Caller Read(JsonElement claims)
    {
        if (claims.TryGetProperty("exp", out JsonElement expiry) && expiry.TryGetInt64(out long seconds)
            && seconds < DateTimeOffset.UtcNow.ToUnixTimeSeconds())
            throw new UnauthorizedException("The token has expired.");

        string userName = Claim(claims, "upn", "unique_name", "preferred_username");
        string application = Claim(claims, "appid", "azp");
        string objectId = Claim(claims, "oid");
        if (userName.Length + application.Length + objectId.Length == 0)
            throw new UnauthorizedException("The token names nobody.");

        // A user's token names the application that asked for it too; only an application's own has no user in it.
        bool isUser = userName.Length > 0 || Claim(claims, "scp").Length > 0 || application.Length == 0;
        return new Caller
        {
            Kind = isUser ? PrincipalKind.User : PrincipalKind.App,
            ApplicationId = application,
            ObjectId = objectId,
            TenantId = Claim(claims, "tid"),
            UserPrincipalName = userName,
            Groups = claims.TryGetProperty("groups", out JsonElement groups) && groups.ValueKind == JsonValueKind.Array
                ? [.. groups.EnumerateArray().Select(g => g.ToString())]
                : [],
        };
    }

    private static string Claim(JsonElement claims, params string[] names)
    {
        foreach (string name in names)
        {
            if (claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
                return text;
        }

        return "";
    }

    private static byte[] Decode(string base64Url)
    {
        string padded = base64Url.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(padded + (padded.Length % 4) switch { 2 => "==", 3 => "=", _ => "" });
    }
}
