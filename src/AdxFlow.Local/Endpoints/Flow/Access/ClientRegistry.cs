using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>The clients of IMS whose secret and organization are fixed; all others are taken as given.</summary>
internal sealed class ClientRegistry
{
    private readonly ConcurrentDictionary<string, (string Secret, string Organization)> _clients = new(StringComparer.Ordinal);

    public void Register(string clientId, string secret, string organization) => _clients[clientId] = (secret, organization);

    public bool IsSecret(string clientId, string secret) =>
        secret.Length > 0 && (!_clients.TryGetValue(clientId, out (string Secret, string Organization) known) || known.Secret == secret);

    public bool MaySpeakFor(string clientId, string organization) =>
        !_clients.TryGetValue(clientId, out (string Secret, string Organization) known) || known.Organization == organization;
}
