using System.Globalization;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>The version of a resource. Its quotes are a part of it, and a condition has to carry them.</summary>
internal static class ETag
{
    private static int _next = Random.Shared.Next(0x10000000, 0x60000000);

    /// <summary>A new one, such as <c>"1400dd53-0000-0200-0000-5f3f23450000"</c> with the quotes.</summary>
    public static string New(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{Interlocked.Increment(ref _next):x8}-0000-0200-0000-{(uint)now.ToUnixTimeSeconds():x8}0000\"");

    /// <exception cref="FlowException">The condition is missing, and it must not be; or it is not that of the resource.</exception>
    public static void Demand(string? condition, FlowResource resource, bool required)
    {
        if (string.IsNullOrEmpty(condition))
        {
            if (!required) return;
            throw FlowException.Of("FLOW-1403-400", "Header is missing", "The header 'If-Match' is missing in the request. Please provide the header and try again.");
        }

        if (condition == resource.Etag) return;
        throw FlowException.Of(
            "FLOW-1404-412", "Version not matching",
            $"The supplied version '{condition}' does not match the current version on entity '{resource.Etag}'. Please ensure that the supplied version matches the current version on entity and try again.",
            $"Supplied version=[{condition}] does not match the current version on entity=[{resource.Etag}]");
    }
}
