namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The texts of the commands of the classic protocol. They are the ingestion service's; the engine has none of them.
/// Source: <see href="https://learn.microsoft.com/kusto/api/netfx/kusto-ingest-client-rest"/>.
/// </summary>
internal static class ClassicCommands
{
    public const string GetResources = ".get ingestion resources";

    public const string GetIdentityToken = ".get kusto identity token";
}
