using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>Why data was not ingested.</summary>
internal sealed record ErrorState(string Code, string Message, bool Transient)
{
    public static ErrorState? Of(IngestionException? error) => error is null ? null : new ErrorState(error.Code, error.Message, error.Transient);

    public IngestionException Restore() => new(Code, Message, Transient);
}
