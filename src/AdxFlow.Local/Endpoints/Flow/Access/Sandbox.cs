using System.Security.Cryptography;
using System.Text;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>A sandbox of an organization, with what was made in it.</summary>
internal sealed class Sandbox(string organization, string name, bool isDefault, StateLog log, int port)
{
    public string Name => name;

    public bool IsDefault => isDefault;

    /// <summary>The same in every process, since it follows from the names.</summary>
    public Guid Id { get; } = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}/{name}")).AsSpan(0, 16));

    public Workspace Workspace { get; } = new(organization, name, log, port);
}
