using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Ingestion.Classic;

/// <summary>Takes the messages of the ingestion queues and has their blobs ingested, for whoever sent them.</summary>
/// <remarks>Source: Microsoft Learn, "How to ingest data with the REST API", "Ingestion error codes".</remarks>
internal sealed class ClassicIngestion(LocalServices services)
{
    /// <summary>Takes a message. What is wrong with it is reported, as for all ingestion, behind the sender's back.</summary>
    public void Receive(string text)
    {
        IngestionMessage? message = IngestionMessage.Read(text);
        var report = new ClassicReport(services, message);
        try
        {
            if (message is null) throw new IngestionException("BadRequest_CorruptedMessage", "The message is not JSON in Base64, or a value in it is malformed.");
            services.Ingestion.Add(Accept(message, report));
        }
        catch (Exception e) when (e is IngestionException or ServiceException)
        {
            IngestionException error = e as IngestionException ?? new IngestionException(((ServiceException)e).Code, e.Message);
            var id = Guid.NewGuid();
            services.Ingestion.AddFailure(new IngestionFailure(
                id, message?.Database ?? "", message?.Table ?? "", DateTime.UtcNow, message?.BlobAddress ?? "", error, "DataIngestPull", Sender(message)?.Fqn ?? "", DataFormat.Csv));
            report.Tell(error, id);
        }
    }

    /// <summary>What tells the outcome of a message that an earlier process took.</summary>
    public Action<QueuedBlob, Guid> Report(string text)
    {
        var report = new ClassicReport(services, IngestionMessage.Read(text));
        return (blob, id) => report.Tell(blob.Current.Error, id);
    }

    private IngestionOperation Accept(IngestionMessage message, ClassicReport report)
    {
        if (message.Database.Length == 0) throw new IngestionException("BadRequest_EmptyDatabaseName", "The message names no database.");
        if (message.Table.Length == 0) throw new IngestionException("BadRequest_InvalidOrEmptyTableName", "The message names no table.");
        if (message.BlobPath.Length == 0) throw new IngestionException("BadRequest_EmptyBlobUri", "The message names no blob.");
        StorageLocator locator = StorageLocator.Parse(message.BlobPath)
            ?? throw new IngestionException("BadRequest_InvalidBlobUri", "The address of the blob is not an absolute http or https address.");
        Caller caller = Sender(message)
            ?? throw new IngestionException("BadRequest_InvalidKustoIdentityToken", "The identity token of the message (authorizationContext) is missing or invalid.");
        HostedDatabase database = services.FindDatabase(message.Database)
            ?? throw new IngestionException("BadRequest_DatabaseNotExist", $"Database '{message.Database}' does not exist.");
        if (!database.Access.CanIngest(caller, message.Table))
            throw new IngestionException("BadRequest_TableAccessDenied", $"Access to table '{message.Table}' is denied to '{caller.Fqn}'.");
        if (!database.Data.Tables.ContainsKey(message.Table))
            throw new IngestionException("BadRequest_TableNotExist", $"Table '{message.Table}' does not exist.");
        IngestionProperties properties = IngestionProperties.FromText(message.Properties, locator.Address) with
        {
            EnableTracking = false,
            MayAddColumns = true,
            DeleteAfterDownload = !message.RetainBlobOnSuccess,
        };
        if (message.FlushImmediately) properties = properties with { SkipBatching = true };
        return new IngestionOperation(database, message.Table, properties, [new QueuedBlob(locator, message.Id.ToString(), message.RawDataSize)], caller)
        {
            Message = message.ForReport(),
            BlobEnded = (blob, id) => report.Tell(blob.Current.Error, id),
        };
    }

    private Caller? Sender(IngestionMessage? message) =>
        message?.Properties.GetValueOrDefault("authorizationContext") is { Length: > 0 } token ? services.IdentityTokens.Read(token) : null;
}
