using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>The access tokens that IMS gave out.</summary>
internal sealed class ImsTokens(TimeProvider clock, TimeSpan lifetime)
{
    private readonly ConcurrentDictionary<string, (string Client, DateTimeOffset Expires)> _tokens = new(StringComparer.Ordinal);

    public TimeSpan Lifetime => lifetime;

    /// <summary>A new token, in the form of a JSON Web Token whose claims are those of IMS.</summary>
    public string Issue(string clientId, string scope)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string claims = LocalJson.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", Guid.NewGuid().ToString("N"));
            writer.WriteString("type", "access_token");
            writer.WriteString("client_id", clientId);
            writer.WriteString("as", "ims-na1");
            writer.WriteString("created_at", Milliseconds(now.ToUnixTimeMilliseconds()));
            writer.WriteString("expires_in", Milliseconds((long)lifetime.TotalMilliseconds));
            writer.WriteString("scope", scope);
            writer.WriteEndObject();
        });
        string token = $"{Encode("{\"alg\":\"RS256\",\"x5u\":\"ims_na1-key-at-1.cer\"}"u8)}.{Encode(Encoding.UTF8.GetBytes(claims))}.{Encode(RandomNumberGenerator.GetBytes(48))}";
        _tokens[token] = (clientId, now + lifetime);
        return token;
    }

    /// <summary>The client that a token was given to; null where it was not given out here, or has expired.</summary>
    public string? Client(string token) =>
        _tokens.TryGetValue(token, out (string Client, DateTimeOffset Expires) issued) && issued.Expires > clock.GetUtcNow() ? issued.Client : null;

    public void ExpireAll() => _tokens.Clear();

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Milliseconds(long value) => value.ToString(CultureInfo.InvariantCulture);
}
