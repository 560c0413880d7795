using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using AdxFlow.PowerShell.Ingestion.Reading;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Values from PowerShell, as .NET's own: without their wrapping, and nested ones as JSON.</summary>
internal static class RequestValues
{
    // Deeper than what is encoded ever is.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    public static Dictionary<string, object?>? Of(Hashtable? table) =>
        table?.Cast<DictionaryEntry>().ToDictionary(
            static entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "",
            static entry => Plain(entry.Value));

    private static object? Plain(object? value)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            SwitchParameter flag => flag.IsPresent,
            string or JsonElement => plain,
            PSObject or IEnumerable => Json(plain),
            _ => plain,
        };
    }

    private static JsonElement Json(object value)
    {
        using var document = JsonDocument.Parse(JsonValues.Encode(value).Text, Deep);
        return document.RootElement.Clone();
    }
}
