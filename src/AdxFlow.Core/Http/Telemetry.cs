using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace AdxFlow.Http;

/// <summary>
/// The meter and the source of traces of the module, both named <c>AdxFlow</c>, and what all that is measured now belongs to.
/// Whoever wants to see them listens; where nobody does, they cost next to nothing. See about_AdxFlow_Metrics.
/// </summary>
internal static class Telemetry
{
    public const string Name = "AdxFlow";

    private static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    private static readonly AsyncLocal<KeyValuePair<string, object?>[]?> Scope = new();

    public static readonly Meter Meter = new(Name, Version);

    public static readonly ActivitySource Source = new(Name, Version);

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("adxflow.retries", "{retry}", "Requests that were sent again after a failure.");

    /// <summary>
    /// The tags of the work under way, such as database and table. They flow with it, as the current activity does: what
    /// sends a request need not know for whom.
    /// </summary>
    public static KeyValuePair<string, object?>[] Tags
    {
        get => Scope.Value ?? [];
        set => Scope.Value = value;
    }

    /// <summary>The tags of the work under way, and what failed: an HTTP status, a service's code or an error's id.</summary>
    public static TagList Failed(string error)
    {
        var tags = new TagList(Tags);
        tags.Add("error.type", error);
        return tags;
    }

    public static void CountRetry(AdxException failure) => CountRetry(failure.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? failure.ErrorId);

    public static void CountRetry(string error)
    {
        if (Retries.Enabled)
            Retries.Add(1, Failed(error));
    }
}
