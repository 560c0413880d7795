using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Values that are JSON already, as .NET and Newtonsoft's library hold it. As the lists that they are as well, they would
/// lose the names of their members.
/// </summary>
internal static class JsonDocuments
{
    // PowerShell brings that library, in a version that this assembly cannot be built for.
    private const string Newtonsoft = "Newtonsoft.Json.Linq";
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a value; null if it is none.</summary>
    public static string? Text(object value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Undefined } => "null",
        JsonElement element => element.GetRawText(),
        JsonDocument document => document.RootElement.GetRawText(),
        JsonNode node => node.ToJsonString(Relaxed),
        _ => value.GetType().Namespace == Newtonsoft ? TextOfToken(value) : null,
    };

    /// <summary>The value itself where the JSON is that of a text or of null; else the JSON, as a column of no JSON takes it.</summary>
    public static string? Plain(string json) => json[0] switch
    {
        '"' => JsonSerializer.Deserialize<string>(json),
        'n' => null,
        _ => json,
    };

    // ToString(Formatting, params JsonConverter[]), which of a text writes the quotes too. A property alone is no JSON.
    private static string? TextOfToken(object value)
    {
        MethodInfo? write = value.GetType().Name == "JProperty" ? null : Array.Find(value.GetType().GetMethods(), static method => method.Name == nameof(ToString) && method.GetParameters().Length == 2 && method.GetParameters()[0].ParameterType.IsEnum);
        return write is null
            ? null
            : (string?)write.Invoke(value, [Enum.ToObject(write.GetParameters()[0].ParameterType, 0), Array.CreateInstance(write.GetParameters()[1].ParameterType.GetElementType()!, 0)]);
    }
}
