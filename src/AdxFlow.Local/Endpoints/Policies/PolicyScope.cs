namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>How a policy is set.</summary>
/// <param name="Merges">True to keep what the command does not name (<c>.alter-merge</c>), false to replace all.</param>
/// <param name="OnDatabase">True for the policy of a database.</param>
internal readonly record struct PolicyScope(bool Merges, bool OnDatabase);
