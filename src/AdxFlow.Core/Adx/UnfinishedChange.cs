namespace AdxFlow.Adx;

/// <summary>The error of something that has several steps, where one came after a change that stays.</summary>
internal static class UnfinishedChange
{
    /// <summary>The same error, which says as well what was changed before it.</summary>
    /// <param name="failure">The error.</param>
    /// <param name="changed">What was changed, as a sentence.</param>
    public static AdxException After(this AdxException failure, string changed) =>
        new(failure.ErrorId, failure.Kind, $"{failure.Message.TrimEnd('.', ' ')}. {changed}", failure)
        {
            ServiceCode = failure.ServiceCode,
            StatusCode = failure.StatusCode,
            IsPermanent = failure.IsPermanent,
            ActivityId = failure.ActivityId,
            ClientRequestId = failure.ClientRequestId,
            RecommendedAction = failure.RecommendedAction,
        };
}
