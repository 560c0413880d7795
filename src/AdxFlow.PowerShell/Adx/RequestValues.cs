using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using AdxFlow.PowerShell.Ingestion;
using AdxFlow.PowerShell.Ingestion.Reading;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Values from PowerShell, as .NET's own: without their wrapping, and nested ones as JSON.</summary>
internal static class RequestValues
{
    // Deeper than what is encoded ever is.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    /// <summary>The values of options.</summary>
    public static Dictionary<string, object?>? Of(Hashtable? table) => table is null ? null : Of(table, static (_, value) => Plain(value));

    /// <summary>The values of a query's parameters.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidLiteral</c>: a value is a secret or code, or holds one.</exception>
    public static Dictionary<string, object?>? Parameters(Hashtable? table) => table is null ? null : Of(table, static (name, value) =>
    {
        try
        {
            object? plain = Plain(value);
            return plain is SecureString or PSCredential or ScriptBlock ? throw SendErrors.NoValue(plain.GetType()) : plain is DBNull ? null : plain;
        }
        catch (AdxException refused)
        {
            throw new AdxException("AdxInvalidLiteral", AdxErrorKind.InvalidArgument, $"The value of the parameter '{name}' cannot be given to a query: secrets and code stay here, and so does what has no end.", refused)
            {
                RecommendedAction = "Give what is meant as plain text.",
            };
        }
    });

    private static Dictionary<string, object?> Of(Hashtable table, Func<string, object?, object?> read)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            values[name] = read(name, entry.Value);
        }
        return values;
    }

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
