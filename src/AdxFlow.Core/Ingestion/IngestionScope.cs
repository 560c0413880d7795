using System.Diagnostics;
using AdxFlow.Http;

namespace AdxFlow.Ingestion;

/// <summary>What an ingestion measures: its span, the tags of all that it does, and how far it has come.</summary>
internal sealed class IngestionScope : IDisposable
{
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly Activity? _span;

    /// <summary>Opens the span, which stays open until the end.</summary>
    /// <param name="id">The ingestion.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="mode">The way that batches go.</param>
    public IngestionScope(Guid id, string database, string table, AdxIngestionMode mode)
    {
        _tags = IngestionMetrics.TagsOf(database, table, mode);
        // The span is that of the session, whatever its caller goes on to do: so it does not stay the caller's current one.
        Activity? current = Activity.Current;
        _span = Telemetry.Source.StartActivity("adxflow.ingestion", ActivityKind.Internal, default(ActivityContext), _tags);
        _span?.SetTag("id", id.ToString());
        Activity.Current = current;
    }

    public IngestionProgress Progress { get; } = new();

    /// <summary>Does a part of the ingestion's work: what it measures and the spans it opens belong to the ingestion.</summary>
    public async Task MeasureAsync(Func<Task> work)
    {
        Enter();
        try
        {
            await work();
        }
        catch (AdxException failure)
        {
            IngestionMetrics.Fail(IngestionMetrics.SendStage, IngestionMetrics.NameOf(failure), _tags);
            IngestionMetrics.End(_span, failure);
            throw;
        }
    }

    /// <summary>Makes what starts work of its own, which belongs to the ingestion. The caller stays as it was.</summary>
    public T Make<T>(Func<T> make)
    {
        ExecutionContext? caller = ExecutionContext.Capture();
        Enter();
        T made = make();
        if (caller is not null)
            ExecutionContext.Restore(caller);
        return made;
    }

    public void Reject() => IngestionMetrics.Reject(_tags);

    public void Accept(AdxIngestionBatch batch)
    {
        IngestionMetrics.Accept(batch, _tags);
        Progress.Accept(batch);
    }

    public void Dispose() => _span?.Dispose();

    /// <summary>Lets what the calling method starts from here on belong to the ingestion. An async method leaves its caller as it was; another one must see to that.</summary>
    private void Enter()
    {
        Telemetry.Tags = _tags;
        IngestionProgress.Current = Progress;
        if (_span is not null)
            Activity.Current = _span;
    }
}
