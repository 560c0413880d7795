using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Auth;

/// <summary>An answer of the identity endpoint. When the token runs out has been written in several forms over the years.</summary>
internal sealed record AutomationToken(string Token, DateTimeOffset ExpiresOn)
{
    /// <summary>What is taken where nothing says how long the token lives: it is asked for again soon.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(5);

    /// <summary>The token; null where there is none in it.</summary>
    public static AutomationToken? Parse(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("access_token", out JsonElement token)
                || token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } text)
            {
                return null;
            }

            return new AutomationToken(text, Moment(root) ?? Span(root, now) ?? TokenClaims.Read(text)?.ExpiresOn ?? now + ShortestLife);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Seconds since 1970, as number or text, or a date such as <c>2021-07-02 08:00:34Z</c> or <c>06/18/2021 08:00:34 +00:00</c>.</summary>
    private static DateTimeOffset? Moment(JsonElement root)
    {
        if (!root.TryGetProperty("expires_on", out JsonElement value))
            return null;
        if (Seconds(value) is { } seconds)
            return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment)
                ? moment
                : null;
    }

    private static DateTimeOffset? Span(JsonElement root, DateTimeOffset now) =>
        root.TryGetProperty("expires_in", out JsonElement value) && Seconds(value) is > 0 and < int.MaxValue and { } seconds ? now.AddSeconds(seconds) : null;

    private static long? Seconds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDouble(out double number) && Math.Abs(number) < long.MaxValue ? (long)number : null,
        JsonValueKind.String => long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null,
        _ => null,
    };
}
