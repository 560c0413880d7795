using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Makes objects of the rows that a connector shows: all columns, in the order of the table, of the types that it names.</summary>
internal sealed class PreviewRows(IReadOnlyList<FlowColumn> columns)
{
    public PSObject Read(JsonElement row)
    {
        var made = new PSObject();
        foreach (FlowColumn column in columns)
        {
            bool isThere = row.ValueKind == JsonValueKind.Object && row.TryGetProperty(column.Name, out _);
            Add(made, column.Name, isThere ? Value(row.GetProperty(column.Name), column.IsDateTime) : null);
        }
        if (row.ValueKind != JsonValueKind.Object)
            return made;
        // What the connector gives beyond the columns it named is not kept back.
        foreach (JsonProperty property in row.EnumerateObject().Where(property => columns.All(column => column.Name != property.Name)))
            Add(made, property.Name, Value(property.Value, isDateTime: false));
        return made;
    }

    /// <summary>PowerShell tells no properties apart by the case of letters; the first one stays.</summary>
    private static void Add(PSObject row, string name, object? value)
    {
        if (name.Length > 0 && row.Properties[name] is null)
            row.Properties.Add(new PSNoteProperty(name, value));
    }

    private static object? Value(JsonElement value, bool isDateTime) => value.ValueKind switch
    {
        JsonValueKind.String when isDateTime && TryReadTime(value.GetString()!, out DateTime time) => time,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(static item => Value(item, isDateTime: false)).ToArray(),
        JsonValueKind.Object => Nested(value),
        _ => null,
    };

    private static object Number(JsonElement value)
    {
        if (value.TryGetInt64(out long whole))
            return whole;
        double number = value.GetDouble();
        return double.IsFinite(number) && value.GetRawText().Length > 17 && value.TryGetDecimal(out decimal exact) ? exact : number;
    }

    private static PSObject Nested(JsonElement value)
    {
        var nested = new PSObject();
        foreach (JsonProperty property in value.EnumerateObject())
            Add(nested, property.Name, Value(property.Value, isDateTime: false));
        return nested;
    }

    private static bool TryReadTime(string text, out DateTime time) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
