using System.Text.Json;

namespace AdxFlow.Local.Endpoints;

/// <summary>The one place that builds error bodies of the engine and of the ingestion service.</summary>
/// <remarks>Source: Microsoft Learn, "Query/management HTTP response" and "Query V2 HTTP response" (OneApiErrors).</remarks>
internal static class ErrorBody
{
    public static byte[] Build(ServiceException error, Exchange exchange)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, error, exchange);
        return buffer.ToArray();
    }

    /// <summary>Writes <c>{"error":{…}}</c>, which is the body of a refused request and an element of OneApiErrors.</summary>
    public static void Write(Utf8JsonWriter writer, ServiceException error, Exchange exchange)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Summary);
        writer.WriteString("@type", error.Type);
        writer.WriteString("@message", error.Message);
        writer.WriteStartObject("@context");
        writer.WriteString("timestamp", DateTime.UtcNow);
        writer.WriteString("serviceAlias", "ADXFLOWLOCAL");
        writer.WriteString("clientRequestId", exchange.ClientRequestId);
        writer.WriteString("activityId", exchange.ActivityId);
        writer.WriteString("subActivityId", exchange.ActivityId);
        writer.WriteEndObject();
        writer.WriteBoolean("@permanent", error.Permanent);
        if (error.InnerCode is not null)
        {
            writer.WriteStartObject("innererror");
            writer.WriteString("code", error.InnerCode);
            writer.WriteString("message", error.Summary);
            writer.WriteString("@type", error.Type);
            writer.WriteString("@message", error.Message);
            writer.WriteString("@errorCode", error.InnerCode);
            writer.WriteString("@errorMessage", error.Message);
            writer.WriteBoolean("@permanent", error.Permanent);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
