using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>Blobs were queued.</summary>
/// <param name="Id">The id of the operation.</param>
/// <param name="Database">Where the table is.</param>
/// <param name="Table">Its name.</param>
/// <param name="Properties">How to ingest them.</param>
/// <param name="Blobs">The blobs.</param>
/// <param name="Caller">Who queued them.</param>
/// <param name="StartedOn">When.</param>
/// <param name="Port">The port of the stand-in then, which is part of the addresses.</param>
/// <param name="Message">The message of the classic protocol that asked for it; null for none.</param>
internal sealed record QueuedRecord(
    string Id, string Database, string Table, IngestionProperties Properties, QueuedBlobState[] Blobs, Caller Caller, DateTime StartedOn, int Port, string? Message) : StateRecord
{
    /// <summary>True where the end of each blob has to be told, and is kept once it was; earlier versions did not keep that.</summary>
    public bool IsToBeTold { get; init; }
}
