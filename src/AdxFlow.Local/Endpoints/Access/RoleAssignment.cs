namespace AdxFlow.Local.Endpoints.Access;

/// <summary>A principal in a role.</summary>
internal sealed record RoleAssignment(Principal Principal, string Notes, Guid Id);
