using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>An organization: its sandboxes, and the name that its own schema fields are under.</summary>
internal sealed class Organization
{
    private const string Suffix = "@AdobeOrg";

    public Organization(string id, IReadOnlyList<string> sandboxes, StateLog log, int port)
    {
        Id = id;
        TenantId = "t" + id[..^Suffix.Length].ToLowerInvariant();
        Sandboxes = [.. sandboxes.Select((name, index) => new Sandbox(id, name, index == 0, log, port))];
    }

    public string Id { get; }

    /// <summary>The tenant id of the Schema Registry, which stands with an underscore before it in field names.</summary>
    public string TenantId { get; }

    public IReadOnlyList<Sandbox> Sandboxes { get; }

    public Sandbox? FindSandbox(string name) => Sandboxes.FirstOrDefault(s => s.Name == name);

    /// <summary>True for an id of the form that IMS gives: letters and digits, then <c>@AdobeOrg</c>.</summary>
    public static bool IsId(string text) =>
        text.EndsWith(Suffix, StringComparison.Ordinal) && text.Length > Suffix.Length && text[..^Suffix.Length].All(char.IsAsciiLetterOrDigit);
}
