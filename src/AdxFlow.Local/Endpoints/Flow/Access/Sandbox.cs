namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>A sandbox of an organization, with what was made in it.</summary>
internal sealed class Sandbox(string name, bool isDefault)
{
    public string Name => name;

    public bool IsDefault => isDefault;

    public Guid Id { get; } = Guid.NewGuid();

    public Workspace Workspace { get; } = new();
}
