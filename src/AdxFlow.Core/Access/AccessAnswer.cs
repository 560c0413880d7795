namespace AdxFlow.Access;

/// <summary>What became of a request that was made to see whether it is refused.</summary>
/// <param name="IsAllowed">True: it went through. False: it was refused for want of a role. Null: it failed for another reason.</param>
/// <param name="Message">What the service said, where it did not go through.</param>
internal sealed record AccessAnswer(bool? IsAllowed, string Message)
{
    public static AccessAnswer Allowed { get; } = new(true, string.Empty);
}
