using System.Globalization;
using System.Text;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.FromStorage;

/// <summary>
/// The texts of the ingestion service's commands about containers, each built from <see cref="Kql"/> names and literals only.
/// Source: <see href="https://learn.microsoft.com/kusto/management/data-ingestion/ingest-from-storage-queued"/>.
/// </summary>
internal static class StorageIngestionCommands
{
    public static string Ingest(string database, IngestionRequest request, ContainerIngestion container)
    {
        var command = new StringBuilder($".ingest-from-storage-queued into table database({Kql.String(database)}).{Kql.Name(request.Table)} EnableTracking=true");
        if (container.CompressionFactor is { } factor)
            command.Append(CultureInfo.InvariantCulture, $" CompressionFactor={factor:0.0###}");
        BatchProperties properties = PropertyRules.For(request, database, container.Format) with { IgnoreFirstRecord = container.IgnoreFirstRecord };
        if (properties.SkipBatching)
            command.Append(" SkipBatching=true");
        command.Append(" with (").AppendJoin(", ", Texts(properties).Select(static property => $"{property.Name}={Kql.String(property.Value)}")).Append(')');
        // Obfuscated, so that the service keeps the signature out of its own logs.
        command.Append(" <| .list blobs (").Append(Kql.SecretString(container.Location.Uri.AbsoluteUri)).Append(')');
        if (container.Suffix is { } suffix)
            command.Append(" Suffix=").Append(Kql.String(suffix));
        if (container.MaxBlobs is { } most)
            command.Append(CultureInfo.InvariantCulture, $" MaxFiles={most}");
        return command.ToString();
    }

    public static string ShowOperation(string operationId) => $".show queued ingestion operations {Kql.String(operationId)}";

    /// <summary>Source: <see href="https://learn.microsoft.com/kusto/management/data-ingestion/cancel-queued-ingestion-operation-command"/>.</summary>
    public static string Cancel(string operationId) => $".cancel queued ingestion operation {Kql.String(operationId)}";

    private static IEnumerable<(string Name, string Value)> Texts(BatchProperties properties)
    {
        yield return ("format", properties.Format.ToString().ToLowerInvariant());
        if (properties.MappingName is { } name)
            yield return ("ingestionMappingReference", name);
        if (properties.InlineMapping is { } mapping)
            yield return ("ingestionMapping", mapping);
        if (properties.IgnoreFirstRecord)
            yield return ("ignoreFirstRecord", "true");
        if (properties.Tags.Count > 0)
            yield return ("tags", JsonSerializer.Serialize(properties.Tags));
        if (properties.IngestIfNotExists.Count > 0)
            yield return ("ingestIfNotExists", JsonSerializer.Serialize(properties.IngestIfNotExists));
        if (properties.CreationTime is { } time)
            yield return ("creationTime", BatchProperties.Utc(time));
        if (properties.ValidationPolicy is { } policy)
            yield return ("validationPolicy", policy);
    }
}
