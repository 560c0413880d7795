namespace AdxFlow.Flow;

/// <summary>What is refused on this side, since the service would refuse it later or half-way. Nothing has been sent.</summary>
internal static class FlowRefusal
{
    public static FlowException Of(string errorId, string message, string advice) =>
        new(errorId, AdxErrorKind.InvalidArgument, message) { RecommendedAction = advice };
}
