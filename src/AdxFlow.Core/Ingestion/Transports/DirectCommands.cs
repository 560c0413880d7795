using AdxFlow.Adx;
using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The texts of the commands of direct ingestion.
/// Source: <see href="https://learn.microsoft.com/kusto/management/data-ingestion/ingest-inline"/>.
/// </summary>
internal static class DirectCommands
{
    /// <summary>Tells where the engine runs: the Kusto emulator says that it is a personal one.</summary>
    public const string ShowClusterDetails = ".show cluster details";

    /// <summary><c>.ingest inline</c>, as far as the data; everything behind it is data as it stands, to the end, so there is nothing to escape.</summary>
    public static string IngestInline(BatchProperties properties)
    {
        var with = new List<string> { "format=" + Kql.String(properties.Format.ToString().ToLowerInvariant()) };
        if (properties.InlineMapping is not null)
            with.Add("ingestionMapping=" + Kql.String(properties.InlineMapping));
        if (properties.MappingName is not null)
            with.Add("ingestionMappingReference=" + Kql.String(properties.MappingName));
        if (properties.InlineMapping is not null || properties.MappingName is not null)
            with.Add("ingestionMappingType=" + Kql.String(PropertyRules.MappingKind(properties.Format).ToString()));
        if (properties.Tags.Count > 0)
            with.Add("tags=" + Kql.String(ClassicMessage.List(properties.Tags)));
        if (properties.IngestIfNotExists.Count > 0)
            with.Add("ingestIfNotExists=" + Kql.String(ClassicMessage.List(properties.IngestIfNotExists)));
        if (properties.CreationTime is { } time)
            with.Add("creationTime=" + Kql.String(BatchProperties.Utc(time)));
        if (properties.ValidationPolicy is not null)
            with.Add("validationPolicy=" + Kql.String(properties.ValidationPolicy));
        if (properties.ExtendSchema)
            with.Add("extend_schema=true");
        return $".ingest inline into table {Kql.Name(properties.Table)} with ({string.Join(", ", with)}) <|\n";
    }
}
