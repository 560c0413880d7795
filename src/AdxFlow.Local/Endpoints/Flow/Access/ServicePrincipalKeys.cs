using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>The keys of service principals, as Microsoft Entra knows them; one that is not here is taken as given.</summary>
internal sealed class ServicePrincipalKeys
{
    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.OrdinalIgnoreCase);

    public void Register(string applicationId, string key) => _keys[applicationId] = key;

    /// <param name="applicationId">The application.</param>
    /// <param name="key">The key that a connection has, sealed.</param>
    public bool IsKey(string applicationId, string key) => key.Length > 0 && (!_keys.TryGetValue(applicationId, out string? known) || SealedSecret.Fits(key, known));
}
