namespace AdxFlow.Ingestion.Transports;

/// <summary>The content of a batch that is a blob, which the service reads by its address.</summary>
internal interface IBlobContent
{
    /// <summary>The blob's address with the right to read it: it goes to the service and nowhere else.</summary>
    Uri Uri { get; }
}
