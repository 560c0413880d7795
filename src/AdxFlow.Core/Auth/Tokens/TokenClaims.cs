using System.Text.Json;
using AdxFlow.Http;

namespace AdxFlow.Auth;

/// <summary>
/// What a token says of its bearer. It is read to tell the user who they are, not to trust it: the service alone judges a token.
/// </summary>
internal sealed record TokenClaims
{
    /// <summary>The year 10000, in seconds since 1970. Such an end is none, and no reason to leave the other claims unread.</summary>
    private const long AfterAllTime = 253_402_300_800;

    /// <summary>The bearer as ADX would name it, <c>aadapp=…;…</c> or <c>aaduser=…;…</c>; null where the token does not say.</summary>
    public string? Principal { get; private init; }

    /// <summary>When the token runs out; null where it does not say.</summary>
    public DateTimeOffset? ExpiresOn { get; private init; }

    /// <summary>Whom the token is for; null where it does not say.</summary>
    public string? Audience { get; private init; }

    /// <summary>The tenant that issued it; null where it does not say.</summary>
    public string? TenantId { get; private init; }

    /// <summary>The claims of a JSON Web Token; null for any other text.</summary>
    public static TokenClaims? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
            return null;

        try
        {
            using var document = JsonDocument.Parse(Decode(parts[1]));
            JsonElement claims = document.RootElement;
            if (claims.ValueKind != JsonValueKind.Object)
                return null;

            return new TokenClaims
            {
                Principal = PrincipalOf(claims),
                Audience = Text(claims, "aud"),
                TenantId = Text(claims, "tid"),
                ExpiresOn = claims.TryGetProperty("exp", out JsonElement expiry) && expiry.ValueKind == JsonValueKind.Number && expiry.TryGetInt64(out long seconds)
                    && seconds is > 0 and < AfterAllTime
                        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                        : null,
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? PrincipalOf(JsonElement claims)
    {
        string? user = Text(claims, "upn") ?? Text(claims, "preferred_username") ?? Text(claims, "unique_name");
        string? application = Text(claims, "appid") ?? Text(claims, "azp");
        string? objectId = Text(claims, "oid");
        bool isApplication = Text(claims, "idtyp") == "app" || (user is null && application is not null);
        string? name = isApplication ? "aadapp=" + (application ?? objectId) : (user ?? objectId) is { } id ? "aaduser=" + id : null;
        return name is null ? null : Text(claims, "tid") is { } tenant ? $"{name};{tenant}" : name;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { Length: > 0 } text ? text : null;

    private static byte[] Decode(string part)
    {
        string text = part.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }
}
