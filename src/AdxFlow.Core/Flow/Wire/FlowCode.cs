namespace AdxFlow.Flow;

/// <summary>What a service's code means here.</summary>
/// <param name="ErrorId">Our stable id.</param>
/// <param name="Kind">The sort of failure.</param>
/// <param name="Action">What to do about it.</param>
/// <param name="Remark">What the service's own message leaves unsaid.</param>
internal sealed record FlowCode(string ErrorId, AdxErrorKind Kind, string Action, string? Remark = null);
