namespace AdxFlow.Local.Persistence.Records;

/// <summary>The tokens that IMS gave out until then are good no more.</summary>
/// <param name="Generation">What those given out from then on are signed with beside the key.</param>
internal sealed record TokensExpiredRecord(Guid Generation) : StateRecord;
