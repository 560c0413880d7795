using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>What a folder is rewritten with at a start: no more than the stand-in keeps.</summary>
public sealed class StateImageTests
{
    private readonly StateImage _image = new();

    [Fact]
    public void Of_operations_the_latest_are_kept()
    {
        Guid[] ids = [.. Enumerable.Range(0, OperationLog.Kept + 5).Select(_ => Guid.NewGuid())];
        foreach (string state in (string[])["InProgress", "Completed"])
        {
            foreach (Guid id in ids)
                _image.Apply(new OperationRecord(id, "TableSet", "D", "P", DateTime.UtcNow, state, "", DateTime.UtcNow, false, null), []);
        }

        Assert.Equal(ids.Skip(5), _image.Operations.Select(o => o.Id));
        Assert.Equal(OperationLog.Kept, _image.Records().Count());
    }

    [Fact]
    public void Of_tracked_ingestions_the_latest_are_kept_and_those_that_wait()
    {
        const int Waiting = 2;
        string[] ids = [.. Enumerable.Range(0, IngestionQueue.KeptOperations + 5).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        var properties = new IngestionProperties { EnableTracking = true };
        for (int i = 0; i < ids.Length; i++)
        {
            _image.Apply(new QueuedRecord(ids[i], "D", "T", properties, [new QueuedBlobState("http://localhost/a", "", null, null)], Caller.Nobody, DateTime.UtcNow, 1, null), []);
            if (i != Waiting) _image.Apply(new BlobEndedRecord(new QueuedSource(ids[i], 0), BlobStatus.Succeeded, DateTime.UtcNow, null), []);
        }

        Assert.Equal([ids[Waiting], .. ids.Skip(6)], _image.Queued.Select(q => q.Queued.Id));
    }
}
