using System.Globalization;

namespace AdxFlow.Ingestion.Batches;

/// <summary>What the service must know of the batches of an ingestion, the same for all of them.</summary>
internal sealed record BatchProperties
{
    public required string Database { get; init; }

    public required string Table { get; init; }

    public required AdxDataFormat Format { get; init; }

    /// <summary>A mapping as JSON; null for one by name or none.</summary>
    public string? InlineMapping { get; init; }

    public string? MappingName { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> IngestIfNotExists { get; init; } = [];

    public DateTime? CreationTime { get; init; }

    /// <summary>The policy by which delimited data is checked, as JSON; null for the service's own.</summary>
    public string? ValidationPolicy { get; init; }

    public bool SkipBatching { get; init; }

    public bool ExtendSchema { get; init; }

    /// <summary>True where the service is to leave the blob after ingesting it.</summary>
    public bool KeepBlob { get; init; }

    /// <summary>True where the service is to leave out the first record of each blob, since nobody here has read it.</summary>
    public bool IgnoreFirstRecord { get; init; }

    /// <summary>True when the request that queues batches is sent once, whatever becomes of it.</summary>
    public bool IsSingleTry { get; init; }

    /// <summary>A time as the service reads it; one without a kind is UTC.</summary>
    public static string Utc(DateTime time) =>
        (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToString("O", CultureInfo.InvariantCulture);
}
