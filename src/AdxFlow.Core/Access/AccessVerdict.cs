namespace AdxFlow.Access;

/// <summary>What the answers of the service come to.</summary>
/// <param name="IsAllowed">Null where it is not known.</param>
/// <param name="Reason">How that is known.</param>
/// <param name="Missing">The narrowest role that is enough, where it is refused.</param>
/// <param name="MissingOnTable">Whether that is a role on the table; else it is one on the database.</param>
internal sealed record AccessVerdict(bool? IsAllowed, string Reason, AdxRole? Missing = null, bool MissingOnTable = false);
