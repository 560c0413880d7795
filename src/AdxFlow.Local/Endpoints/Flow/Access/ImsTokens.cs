using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>The access tokens that IMS gives out: signed, so that one is known again, after a restart too.</summary>
internal sealed class ImsTokens
{
    private readonly TimeProvider _clock;
    private readonly StateLog _log;
    private readonly byte[] _key;
    private Guid _generation;

    /// <param name="clock">Tells when a token has expired.</param>
    /// <param name="lifetime">How long one is good.</param>
    /// <param name="log">Has the key, and keeps when tokens were taken back.</param>
    public ImsTokens(TimeProvider clock, TimeSpan lifetime, StateLog log)
    {
        _clock = clock;
        _log = log;
        Lifetime = lifetime;
        _key = log.Manifest is { } manifest ? HKDF.DeriveKey(HashAlgorithmName.SHA384, manifest.IdentityKey, 48, info: [.. "ims"u8]) : RandomNumberGenerator.GetBytes(48);
        _generation = log.Image?.Flow.TokenGeneration ?? Guid.Empty;
    }

    public TimeSpan Lifetime { get; }

    /// <summary>A new token, in the form of a JSON Web Token whose claims are those of IMS.</summary>
    public string Issue(string clientId, string scope)
    {
        string claims = LocalJson.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", Guid.NewGuid().ToString("N"));
            writer.WriteString("type", "access_token");
            writer.WriteString("client_id", clientId);
            writer.WriteString("as", "ims-na1");
            writer.WriteString("created_at", Milliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds()));
            writer.WriteString("expires_in", Milliseconds((long)Lifetime.TotalMilliseconds));
            writer.WriteString("scope", scope);
            writer.WriteEndObject();
        });
        string signed = $"{Encode("{\"alg\":\"RS256\",\"x5u\":\"ims_na1-key-at-1.cer\"}"u8)}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Sign(signed)}";
    }

    /// <summary>The client that a token was given to; null where it was not given out here, or has expired.</summary>
    public string? Client(string token)
    {
        int dot = token.LastIndexOf('.');
        if (dot < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token[(dot + 1)..]), Encoding.UTF8.GetBytes(Sign(token[..dot])))) return null;
        using JsonDocument claims = JsonDocument.Parse(Decode(token[(token.IndexOf('.', StringComparison.Ordinal) + 1)..dot]));
        long expires = Number(claims, "created_at") + Number(claims, "expires_in");
        return expires > _clock.GetUtcNow().ToUnixTimeMilliseconds() ? claims.RootElement.GetProperty("client_id").GetString() : null;
    }

    /// <summary>Makes all that were given out so far worthless.</summary>
    public void ExpireAll()
    {
        var generation = Guid.NewGuid();
        _log.Append(new TokensExpiredRecord(generation));
        _generation = generation;
    }

    private string Sign(string text) => Encode(HMACSHA384.HashData(_key, Encoding.UTF8.GetBytes($"{_generation}.{text}")));

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] Decode(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    private static long Number(JsonDocument claims, string name) => long.Parse(claims.RootElement.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static string Milliseconds(long value) => value.ToString(CultureInfo.InvariantCulture);
}
