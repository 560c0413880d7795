namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>What a role command does with the principals it names.</summary>
internal enum RoleChange
{
    Add,
    Drop,
    Set,
}
