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
    internal const long DefaultMaxDataSize = 4L * 1024 * 1024 * 1024;
    internal static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    public required IReadOnlyList<StorageContainer> Containers { get; init; }

    /// <summary>Blobs that one request may queue.</summary>
    public required int MaxBlobsPerRequest { get; init; }

    /// <summary>Raw bytes that one blob may hold.</summary>
    public required long MaxDataSize { get; init; }

    /// <summary>For how long the containers' SAS may be used before asking again.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>
    /// True where the service wants the classic protocol to be used: it says <c>Legacy</c> (as Microsoft's connectors read it) or
    /// <c>V1</c> (as its page has it), and not <c>Rest</c> or <c>V2</c>.
    /// </summary>
    public bool PrefersClassic { get; init; }

    public static IngestionConfiguration Parse(JsonElement root)
    {
        var containers = new List<StorageContainer>();
        TimeSpan life = LongestLife;
        if (JsonMembers.Find(root, "containerSettings") is { } storage)
        {
            if (JsonMembers.Find(storage, "containers") is { ValueKind: JsonValueKind.Array } list)
            {
                foreach (JsonElement item in list.EnumerateArray())
                {
                    if (Uri.TryCreate(JsonMembers.Text(item, "path"), UriKind.Absolute, out Uri? path))
                        containers.Add(new StorageContainer(path));
                }
            }
            if (TimeSpan.TryParse(JsonMembers.Text(storage, "refreshInterval"), CultureInfo.InvariantCulture, out TimeSpan asked) && asked > TimeSpan.Zero && asked < LongestLife)
                life = asked;
        }

        int maxBlobs = DefaultMaxBlobs;
        long maxDataSize = DefaultMaxDataSize;
        bool prefersClassic = false;
        if (JsonMembers.Find(root, "ingestionSettings") is { } settings)
        {
            if (JsonMembers.Find(settings, "maxBlobsPerBatch") is { ValueKind: JsonValueKind.Number } blobs && blobs.TryGetInt32(out int count) && count > 0)
                maxBlobs = count;
            if (JsonMembers.Find(settings, "maxDataSize") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt64(out long bytes) && bytes > 0)
                maxDataSize = bytes;
            prefersClassic = JsonMembers.Text(settings, "preferredIngestionMethod")?.ToUpperInvariant() is "LEGACY" or "V1";
        }
        return new IngestionConfiguration { Containers = containers, MaxBlobsPerRequest = maxBlobs, MaxDataSize = maxDataSize, Life = life, PrefersClassic = prefersClassic };
    }
}
