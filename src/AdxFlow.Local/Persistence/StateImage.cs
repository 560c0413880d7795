using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>What a stand-in has, as its journal tells it: records are applied in their order.</summary>
internal sealed class StateImage
{
    private readonly Dictionary<string, DatabaseRecord> _databases = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Database, string Table), TableImage> _tables = [];
    private readonly Dictionary<string, QueuedImage> _queued = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, OperationRecord> _operations = [];
    private readonly List<FailureRecord> _failures = [];
    private readonly Dictionary<(StreamingFailure Failure, DateTime Minute), StreamingFailureCount> _streamingFailures = [];

    public IEnumerable<DatabaseRecord> Databases => _databases.Values;

    public IEnumerable<TableImage> Tables => _tables.Values;

    /// <summary>What is not at its end, and the latest of the rest.</summary>
    public IReadOnlyList<QueuedImage> Queued
    {
        get
        {
            List<QueuedImage> all = [.. _queued.Values.Where(q => q.Matters)];
            int tooMany = all.Count - IngestionQueue.KeptOperations;
            return [.. all.Where(q => q.IsOpen || tooMany-- <= 0)];
        }
    }

    public IEnumerable<OperationRecord> Operations => _operations.Values.TakeLast(OperationLog.Kept);

    public IEnumerable<FailureRecord> Failures => _failures.TakeLast(IngestionQueue.KeptFailures);

    public IEnumerable<StreamingFailureCount> StreamingFailures => _streamingFailures.Values.TakeLast(StreamingFailureLog.Kept);

    public StorageImage Storage { get; } = new();

    public FlowImage Flow { get; } = new();

    public void Apply(StateRecord record, byte[] rows)
    {
        if (Storage.TryApply(record) || Flow.TryApply(record)) return;
        switch (record)
        {
            case DatabaseRecord database: _databases[database.Name] = database; break;
            case TableRecord table: Apply(table); break;
            case TableDroppedRecord dropped: _tables.Remove((dropped.Database, dropped.Name)); break;
            case RowsRecord added: Apply(added, rows); break;
            case RowsClearedRecord cleared when _tables.TryGetValue((cleared.Database, cleared.Table), out TableImage? table): table.Rows.Clear(); break;
            case ExtentsDroppedRecord dropped when _tables.TryGetValue((dropped.Database, dropped.Table), out TableImage? table): table.Drop(dropped.ExtentIds); break;
            case QueuedRecord queued: _queued[queued.Id] = new QueuedImage(queued); break;
            case BlobEndedRecord ended: End(ended); break;
            case OperationRecord operation: _operations[operation.Id] = operation; break;
            case FailureRecord failure: _failures.Add(failure); break;
            case StreamingFailureRecord failure: _streamingFailures[StreamingFailureLog.Key(failure.Count)] = failure.Count; break;
        }
    }

    /// <summary>The records that make this image of none.</summary>
    public IEnumerable<(StateRecord Record, byte[] Rows)> Records() =>
    [
        .. Plain(_databases.Values),
        .. Plain(Tables.Select(t => t.Table)),
        .. Tables.SelectMany(t => t.Rows).Select(r => ((StateRecord)(r.Record with { Schema = null, Source = null, Operation = null }), r.Inline)),
        .. Plain(Storage.Records()),
        .. Plain(Queued.Select(q => q.Queued)),
        .. Plain(Queued.SelectMany(q => q.Ended).OfType<BlobEndedRecord>()),
        .. Plain(Operations),
        .. Plain(Failures),
        .. Plain(StreamingFailures.Select(f => new StreamingFailureRecord(f))),
        .. Plain(Flow.Records()),
    ];

    public HashSet<Guid> RowsFiles() => [.. Tables.SelectMany(t => t.Rows).Select(r => r.Record.File?.Id).OfType<Guid>()];

    public HashSet<Guid> BlobFiles() => [.. Storage.Files()];

    private static IEnumerable<(StateRecord Record, byte[] Rows)> Plain(IEnumerable<StateRecord> records) => records.Select(r => (r, Array.Empty<byte>()));

    private void Apply(TableRecord table)
    {
        if (_tables.TryGetValue((table.Database, table.Name), out TableImage? known))
            known.Become(table);
        else
            _tables[(table.Database, table.Name)] = new TableImage(table);
    }

    private void Apply(RowsRecord added, byte[] rows)
    {
        if (added.Schema is not null) Apply(added.Schema);
        if (added.Source is not null) End(new BlobEndedRecord(added.Source, BlobStatus.Succeeded, added.IngestedOn, null));
        if (added.Operation is not null) _operations[added.Operation.Id] = added.Operation;
        if (!_tables.TryGetValue((added.Database, added.Table), out TableImage? table)) return;
        if (added.Replaces) table.Rows.Clear();
        table.Rows.Add((added.ExtentId == Guid.Empty ? added with { ExtentId = Guid.NewGuid() } : added, rows));
    }

    private void End(BlobEndedRecord ended)
    {
        if (_queued.TryGetValue(ended.Source.Operation, out QueuedImage? queued)) queued.End(ended);
    }
}
