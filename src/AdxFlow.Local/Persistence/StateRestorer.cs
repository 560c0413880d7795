using AdxFlow.Local.Endpoints;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Ingestion.Classic;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Endpoints.Policies;
using AdxFlow.Local.Persistence.Records;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence;

/// <summary>Gives a stand-in that starts what an earlier one had.</summary>
internal sealed class StateRestorer(LocalServices services, StateLog log, ClassicIngestion classic)
{
    /// <returns>What had been queued, which has to be taken up.</returns>
    /// <exception cref="LocalPathException">Rows or blobs are missing or were changed.</exception>
    public IReadOnlyList<IngestionOperation> Restore(StateImage image)
    {
        try
        {
            return RestoreAll(image);
        }
        catch (Exception e) when (e is not LocalPathException)
        {
            throw log.Damaged(e);
        }
    }

    private List<IngestionOperation> RestoreAll(StateImage image)
    {
        foreach (DatabaseRecord record in image.Databases)
            Restore(record);
        foreach (TableImage table in image.Tables)
            Restore(table);

        // The database that each stand-in has from the start is not kept yet in a new folder.
        foreach (DatabaseRecord record in image.Databases)
            services.Database(record.Name).Schema.Assume();
        services.Storage.Restore(image.Storage);
        foreach (OperationRecord operation in image.Operations)
            services.Operations.Restore(operation);
        foreach (FailureRecord failure in image.Failures)
            services.Ingestion.Restore(failure);
        foreach (StreamingFailureCount count in image.StreamingFailures)
            services.StreamingFailures.Restore(count);
        return [.. image.Queued.Select(Restore).OfType<IngestionOperation>()];
    }

    private void Restore(DatabaseRecord record)
    {
        HostedDatabase database = services.Restore(record.Name, record.Id);
        foreach ((DatabaseRole role, RoleAssignment[] assignments) in record.Roles)
            database.Access.Members(role).Restore(assignments);
        Restore(database, null, record.Mappings, record.Policies);
    }

    private void Restore(TableImage image)
    {
        TableRecord record = image.Table;
        HostedDatabase database = services.Database(record.Database);
        var table = new Table(record.Name, record.Columns, record.Folder, record.DocString);
        foreach ((RowsRecord rows, byte[] inline) in image.Rows)
        {
            List<RowChunk> chunks = log.Read(rows, inline);
            table.Publish(chunks, rows.ToExtent(chunks.Sum(c => (long)c.Count)));
            database.AddTags(table.Name, rows.Tags);
        }

        database.Data.Tables[table.Name] = table;
        database.RestoreTableId(table.Name, record.Id);
        foreach ((TableRole role, RoleAssignment[] assignments) in record.Roles)
            database.Access.Members(table.Name, role).Restore(assignments);
        Restore(database, table.Name, record.Mappings, record.Policies);
    }

    private static void Restore(HostedDatabase database, string? table, MappingState[] mappings, Dictionary<string, string> policies)
    {
        foreach (MappingState mapping in mappings)
            database.Mappings.Restore(table, new StoredMapping(mapping.Name, MappingDefinition.Parse(mapping.Mapping, mapping.Kind), mapping.UpdatedOn));
        foreach (PolicyKind kind in PolicyKind.All)
        {
            if (policies.TryGetValue(kind.Word, out string? policy)) database.Policies.Set(table, kind, policy);
        }
    }

    private IngestionOperation? Restore(QueuedImage image)
    {
        QueuedRecord queued = image.Queued;
        if (services.FindDatabase(queued.Database) is not { } database) return null;
        var blobs = new List<QueuedBlob>();
        var untold = new List<QueuedBlob>();
        for (int i = 0; i < queued.Blobs.Length; i++)
        {
            QueuedBlobState state = queued.Blobs[i];
            var blob = new QueuedBlob(new StorageLocator(Here(new Uri(state.Address), queued.Port), state.Credential), state.SourceId, state.RawSize);
            blobs.Add(blob);
            if (image.Ended[i] is not { } ended) continue;
            blob.Restore(ended.Status, ended.EndedOn, ended.Error?.Restore());
            if (image.IsToBeTold(ended)) untold.Add(blob);
        }

        return new IngestionOperation(database, queued.Table, queued.Properties, blobs, queued.Caller)
        {
            Id = queued.Id,
            StartedOn = queued.StartedOn,
            Message = queued.Message,
            BlobEnded = queued.Message is null ? null : classic.Report(queued.Message),
            Untold = untold,
        };
    }

    /// <summary>An address of this stand-in's own storage, when it had another port.</summary>
    private Uri Here(Uri address, int port) => address.IsLoopback && address.Port == port && port != services.ClusterUri.Port
        ? new UriBuilder(address) { Port = services.ClusterUri.Port }.Uri
        : address;
}
