using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>The one place that builds error bodies of the Adobe endpoints.</summary>
internal static class FlowErrorBody
{
    private const string Types = "https://ns.adobe.com/aep/errors/";

    public static byte[] Build(FlowException error, string requestId) => LocalJson.Write(writer =>
    {
        writer.WriteStartObject();
        switch (error.Form)
        {
            case FlowErrorForm.Gateway:
                WriteGateway(writer, error);
                break;
            case FlowErrorForm.Message:
                writer.WriteString("message", error.Message);
                break;
            case FlowErrorForm.Report:
                WriteReport(writer, error, requestId);
                break;
            case FlowErrorForm.Platform:
                writer.WriteString("type", error.Code.StartsWith('/') ? error.Code : Types + error.Code);
                writer.WriteNumber("status", error.Status);
                writer.WriteString("title", error.Title);
                writer.WriteString("detail", error.Message);
                break;
            default:
                WriteRegistry(writer, error, requestId);
                break;
        }

        writer.WriteEndObject();
    });

    private static void WriteGateway(Utf8JsonWriter writer, FlowException error)
    {
        // The documents have it both ways: a number for a token that is not valid, a string for what is missing.
        if (error.Status == 401)
            writer.WriteNumber("error_code", int.Parse(error.Code, CultureInfo.InvariantCulture));
        else
            writer.WriteString("error_code", error.Code);
        writer.WriteString("message", error.Message);
    }

    private static void WriteReport(Utf8JsonWriter writer, FlowException error, string requestId)
    {
        writer.WriteString("type", Types + error.Code);
        writer.WriteString("title", error.Title);
        writer.WriteNumber("status", error.Status);
        writer.WriteStartObject("report");
        writer.WriteString("detailed-message", error.Message);
        writer.WriteString("request-id", requestId);
        if (error.ResourceType is not null) writer.WriteString("type", error.ResourceType);
        writer.WriteEndObject();
        writer.WriteString("errorMessage", error.OldMessage ?? error.Message);
        writer.WriteString("errorDetails", error.Message);
    }

    private static void WriteRegistry(Utf8JsonWriter writer, FlowException error, string requestId)
    {
        writer.WriteString("type", "http://ns.adobe.com/aep/errors/" + error.Code);
        writer.WriteString("title", error.Title);
        writer.WriteNumber("status", error.Status);
        writer.WriteStartObject("report");
        writer.WriteString("registryRequestId", requestId);
        writer.WriteString("timestamp", DateTime.UtcNow);
        writer.WriteString("detailed-message", error.Message);
        writer.WriteStartArray("sub-errors");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("detail", error.Message);
    }
}
