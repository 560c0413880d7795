using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// What the ingestion service tells its clients: where blobs go, and the limits of a request.
/// Source: https://learn.microsoft.com/kusto/management/data-ingestion/queued-ingest-configuration-http
/// </summary>
internal sealed class IngestionConfiguration
{
    // What Microsoft's Java client assumes when the service does not say.
    private const int DefaultMaxBlobs = 20;
    private const long DefaultMaxDataSize = 4L * 1024 * 1024 * 1024;
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    public required IReadOnlyList<StorageContainer> Containers { get; init; }

    /// <summary>Blobs that one request may queue.</summary>
    public required int MaxBlobsPerRequest { get; init; }

    /// <summary>Raw bytes that one blob may hold.</summary>
    public required long MaxDataSize { get; init; }

    /// <summary>For how long the containers' SAS may be used before asking again.</summary>
    public required TimeSpan Life { get; init; }

    public static IngestionConfiguration Parse(JsonElement root)
    {
        var containers = new List<StorageContainer>();
        int maxBlobs = DefaultMaxBlobs;
        long maxDataSize = DefaultMaxDataSize;
        TimeSpan life = LongestLife;

        if (root.TryGetProperty("containerSettings", out JsonElement storage) && storage.ValueKind == JsonValueKind.Object)
        {
            if (storage.TryGetProperty("containers", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
                containers.AddRange(list.EnumerateArray()
                    .Select(static item => item.TryGetProperty("path", out JsonElement path) ? path.GetString() : null)
                    .OfType<string>()
                    .Select(static path => new StorageContainer(path)));
            if (storage.TryGetProperty("refreshInterval", out JsonElement refresh)
                && TimeSpan.TryParse(refresh.GetString(), CultureInfo.InvariantCulture, out TimeSpan asked) && asked > TimeSpan.Zero)
                life = asked < LongestLife ? asked : LongestLife;
        }
        if (root.TryGetProperty("ingestionSettings", out JsonElement settings) && settings.ValueKind == JsonValueKind.Object)
        {
            if (settings.TryGetProperty("maxBlobsPerBatch", out JsonElement blobs) && blobs.TryGetInt32(out int count) && count > 0)
                maxBlobs = count;
            if (settings.TryGetProperty("maxDataSize", out JsonElement size) && size.TryGetInt64(out long bytes) && bytes > 0)
                maxDataSize = bytes;
        }
        return new IngestionConfiguration { Containers = containers, MaxBlobsPerRequest = maxBlobs, MaxDataSize = maxDataSize, Life = life };
    }
}
