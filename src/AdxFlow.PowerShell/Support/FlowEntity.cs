namespace AdxFlow.PowerShell.Support;

/// <summary>What has an id and a name in Experience Platform.</summary>
internal enum FlowEntity
{
    Connection,
    ConnectionSpec,
    Source,
    Target,
    Flow,
    FlowSpec,
    Dataset,
    Mapping,
}
