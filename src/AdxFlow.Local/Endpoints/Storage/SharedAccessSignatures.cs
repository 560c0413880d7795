using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>Issues and checks shared access signatures of the kind that grants access to a whole account.</summary>
/// <remarks>
/// Source: Microsoft Learn, "Create an account SAS" and "Error codes". What is signed has a form of its own, since nobody
/// but the stand-in knows the key.
/// </remarks>
internal sealed class SharedAccessSignatures(TimeProvider clock, TimeSpan lifetime, byte[]? key = null)
{
    private const string Version = "2021-06-08";
    private const string ResourceTypes = "sco";

    // A signature is handed out again for a tenth of its life.
    private const int Reused = 10;

    private readonly byte[] _key = key ?? RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<(string Account, StorageService Service, string Permissions), (DateTimeOffset IssuedOn, string Query)> _issued = new();

    /// <summary>The query string of a signature that is new, or nearly so.</summary>
    public string Issue(string account, StorageService service, string permissions)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (string, StorageService, string) key = (account, service, permissions);
        if (_issued.TryGetValue(key, out (DateTimeOffset IssuedOn, string Query) issued) && now - issued.IssuedOn < lifetime / Reused) return issued.Query;
        string query = Make(account, service, permissions);
        _issued[key] = (now, query);
        return query;
    }

    /// <summary>Checks the signature of a request.</summary>
    /// <param name="query">The parameters of the address.</param>
    /// <param name="account">The account that is addressed.</param>
    /// <param name="service">Its service.</param>
    /// <param name="anyOf">The permissions of which one is needed.</param>
    /// <exception cref="StorageException">It is missing or wrong, has run out, or does not grant the permission.</exception>
    public void Demand(IReadOnlyDictionary<string, string> query, string account, StorageService service, string anyOf)
    {
        string services = query.GetValueOrDefault("ss", "");
        string permissions = query.GetValueOrDefault("sp", "");
        string se = query.GetValueOrDefault("se", "");
        byte[] expected = Encoding.UTF8.GetBytes(Sign(account, services, permissions, se));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(query.GetValueOrDefault("sig", "")), expected))
            throw Failed("Signature did not match.");
        DateTimeOffset now = clock.GetUtcNow();
        if (now >= DateTimeOffset.Parse(se, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            throw Failed($"Signature not valid in the specified time frame: Expiry [{se}] - Current [{now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture)}]");
        if (services != Letter(service))
            throw new StorageException(403, "AuthorizationServiceMismatch", "This request is not authorized to perform this operation using this service.");
        if (!anyOf.Any(permissions.Contains))
            throw new StorageException(403, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission.");
    }

    private string Make(string account, StorageService service, string permissions)
    {
        // Times in signatures have whole seconds; a signature must not end before it should.
        DateTimeOffset expiry = clock.GetUtcNow() + lifetime;
        expiry = expiry.AddTicks((TimeSpan.TicksPerSecond - (expiry.Ticks % TimeSpan.TicksPerSecond)) % TimeSpan.TicksPerSecond);
        string se = expiry.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string sig = Sign(account, Letter(service), permissions, se);
        return $"sv={Version}&ss={Letter(service)}&srt={ResourceTypes}&sp={permissions}&se={Uri.EscapeDataString(se)}&sig={Uri.EscapeDataString(sig)}";
    }

    private static string Letter(StorageService service) => service switch
    {
        StorageService.Queue => "q",
        StorageService.Table => "t",
        _ => "b",
    };

    private static StorageException Failed(string detail) => new(
        403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.")
    {
        AuthenticationDetail = detail,
    };

    private string Sign(string account, string services, string permissions, string expiry) =>
        Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Join('\n', account, services, permissions, expiry))));
}
