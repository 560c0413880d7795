using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Does what a mapping's transformation says, and appends the result. What it cannot be done to becomes null.</summary>
/// <remarks>Source: Microsoft Learn, "Mapping transformations".</remarks>
internal static class ValueTransform
{
    private static readonly DateTime Latest = DateTime.MaxValue;

    /// <summary>Appends a number since 1970 as a point in time.</summary>
    public static void AppendUnixTime(TableAppender appender, IngestionMapping.Element element, ReadOnlySpan<byte> number)
    {
        decimal perUnit = element.Transform switch
        {
            MappingTransform.DateTimeFromUnixSeconds => TimeSpan.TicksPerSecond,
            MappingTransform.DateTimeFromUnixMilliseconds => TimeSpan.TicksPerMillisecond,
            MappingTransform.DateTimeFromUnixMicroseconds => TimeSpan.TicksPerMicrosecond,
            _ => 0.01m,
        };
        const decimal MostUnits = 1e20m;
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal units) || Math.Abs(units) > MostUnits
            || DateTime.UnixEpoch.Ticks + (units * perUnit) is var ticks && (ticks < 0 || ticks > Latest.Ticks))
        {
            appender.AppendNull(element.Column);
            return;
        }

        long whole = DateTime.UnixEpoch.Ticks + (long)(units * perUnit);
        appender.AppendText(element.Column, Encoding.UTF8.GetBytes(KustoFormat.DateTime(whole)));
    }

    /// <summary>Appends the JSON value at which the reader stands, transformed.</summary>
    public static void AppendJson(TableAppender appender, IngestionMapping.Element element, ref Utf8JsonReader reader)
    {
        switch (element.Transform)
        {
            case MappingTransform.None:
                appender.AppendJson(element.Column, ref reader);
                return;
            case MappingTransform.DropMappedFields:
            case MappingTransform.PropertyBagArrayToDictionary:
                JsonNode? node = JsonNode.Parse(ref reader);
                if (element.Transform == MappingTransform.DropMappedFields)
                    Drop(node, element.Dropped);
                else
                    node = Merge(node);
                Append(appender, element.Column, node);
                return;
            default:
                if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
                    AppendUnixTime(appender, element, reader.ValueSpan);
                else
                    appender.AppendNull(element.Column);
                return;
        }
    }

    private static void Drop(JsonNode? node, JsonPath[] paths)
    {
        foreach (JsonPath path in paths)
            path.Remove(node);
    }

    private static JsonObject? Merge(JsonNode? node)
    {
        if (node is not JsonArray bags) return null;
        var merged = new JsonObject();
        foreach (JsonNode? bag in bags)
        {
            if (bag is not JsonObject properties) continue;
            foreach ((string name, JsonNode? value) in properties)
                merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static void Append(TableAppender appender, int column, JsonNode? node)
    {
        if (node is null)
        {
            appender.AppendNull(column);
            return;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(node.ToJsonString(LocalJson.Serializer)));
        reader.Read();
        appender.AppendJson(column, ref reader);
    }
}
