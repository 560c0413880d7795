using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>An ingestion that was written to a file as CLIXML or JSON, and is read back.</summary>
internal static class StoredIngestion
{
    /// <exception cref="PSInvalidCastException">A property that an ingestion cannot do without is missing or is none.</exception>
    public static AdxIngestion Read(PSObject stored) => new()
    {
        Id = Required<Guid>(stored, nameof(AdxIngestion.Id)),
        Database = Required<string>(stored, nameof(AdxIngestion.Database)),
        Table = Required<string>(stored, nameof(AdxIngestion.Table)),
        Mode = Optional<AdxIngestionMode?>(stored, nameof(AdxIngestion.Mode)) ?? AdxIngestionMode.Queued,
        StartTime = (Optional<DateTime?>(stored, nameof(AdxIngestion.StartTime)) ?? DateTime.UtcNow).ToUniversalTime(),
        Elapsed = Duration(stored.Properties[nameof(AdxIngestion.Elapsed)]?.Value),
        RejectedRows = Optional<long?>(stored, nameof(AdxIngestion.RejectedRows)) ?? 0,
        Batches = [.. List(stored.Properties[nameof(AdxIngestion.Batches)]?.Value).Select(ReadBatch)],
    };

    private static AdxIngestionBatch ReadBatch(object? item)
    {
        PSObject stored = item is null ? throw new PSInvalidCastException("A batch is missing.") : PSObject.AsPSObject(item);
        return new AdxIngestionBatch
        {
            SourceId = Required<Guid>(stored, nameof(AdxIngestionBatch.SourceId)),
            OperationId = Optional<string?>(stored, nameof(AdxIngestionBatch.OperationId)),
            Rows = Optional<long?>(stored, nameof(AdxIngestionBatch.Rows)),
            RawBytes = Optional<long?>(stored, nameof(AdxIngestionBatch.RawBytes)),
            SentBytes = Optional<long?>(stored, nameof(AdxIngestionBatch.SentBytes)),
            IsRawBytesEstimated = Optional<bool?>(stored, nameof(AdxIngestionBatch.IsRawBytesEstimated)) ?? false,
            IsListedByService = Optional<bool?>(stored, nameof(AdxIngestionBatch.IsListedByService)) ?? false,
            Status = Required<AdxIngestionStatus>(stored, nameof(AdxIngestionBatch.Status)),
            ErrorCode = Optional<string?>(stored, nameof(AdxIngestionBatch.ErrorCode)),
            IsPermanent = Optional<bool?>(stored, nameof(AdxIngestionBatch.IsPermanent)),
            Error = Optional<string?>(stored, nameof(AdxIngestionBatch.Error)),
        };
    }

    private static T Required<T>(PSObject stored, string name) =>
        stored.Properties[name]?.Value is { } value ? (T)LanguagePrimitives.ConvertTo(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture)
            : throw new PSInvalidCastException($"It has no {name}.");

    private static T? Optional<T>(PSObject stored, string name) =>
        stored.Properties[name]?.Value is { } value ? (T)LanguagePrimitives.ConvertTo(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture) : default;

    /// <summary>A time span is itself, a text, or, in JSON, an object with its ticks.</summary>
    private static TimeSpan Duration(object? value) => value switch
    {
        null => TimeSpan.Zero,
        PSObject { BaseObject: PSCustomObject } parts => TimeSpan.FromTicks(Optional<long?>(parts, nameof(TimeSpan.Ticks)) ?? 0),
        _ => (TimeSpan)LanguagePrimitives.ConvertTo(value, typeof(TimeSpan), System.Globalization.CultureInfo.InvariantCulture),
    };

    private static IEnumerable<object?> List(object? value) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        null => throw new PSInvalidCastException("It has no Batches."),
        IEnumerable list and not string => list.Cast<object?>(),
        var single => [single],
    };
}
