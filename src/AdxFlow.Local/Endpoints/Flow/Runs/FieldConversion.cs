using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Whether a value of ADX fits the field of the schema that it is mapped to.</summary>
internal static class FieldConversion
{
    /// <summary>What is wrong with a value that is not null; null where it fits.</summary>
    public static string? Problem(object value, JsonObject field)
    {
        string type = JsonValues.Text(field["type"]) ?? "";
        string format = JsonValues.Text(field["format"]) ?? "";
        bool fits = type switch
        {
            "string" when format is "date-time" or "date" => value is DateTime || (value is string text && ValueText.TryDateTime(Encoding.UTF8.GetBytes(text), out _)),
            "integer" => IsInteger(value, field),
            "number" => value is int or long or double or KustoDecimal || (value is string text && double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)),
            "boolean" => value is bool || (value is string text && bool.TryParse(text, out _)),
            "array" or "object" => value is DynamicValue,
            _ => true,
        };
        return fits ? null : $"Cannot convert the value to {(format.Length > 0 ? format : type)}.";
    }

    private static bool IsInteger(object value, JsonObject field)
    {
        long number;
        switch (value)
        {
            case int i:
                number = i;
                break;
            case long l:
                number = l;
                break;
            case double d when d == Math.Floor(d) && Math.Abs(d) < 9e15:
                number = (long)d;
                break;
            case string text when long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long parsed):
                number = parsed;
                break;
            default:
                return false;
        }

        return (JsonValues.Integer(field["minimum"]) is not { } least || number >= least) && (JsonValues.Integer(field["maximum"]) is not { } most || number <= most);
    }
}
