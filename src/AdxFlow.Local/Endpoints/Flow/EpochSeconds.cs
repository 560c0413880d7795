namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>Times of the Flow Service in seconds since 1970.</summary>
internal static class EpochSeconds
{
    /// <summary>The end of the year 2999. What is later is a number of milliseconds, given by mistake.</summary>
    public const long Last = 32503679999;
}
