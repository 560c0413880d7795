using System.Globalization;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>One <c>property=</c> parameter: a path, an operator, and one or more values.</summary>
/// <remarks>Source: Experience League, "Sort and filter responses in the Flow Service API".</remarks>
internal sealed class PropertyFilter
{
    private readonly string[] _path;
    private readonly string _operator;
    private readonly string[] _values;

    private PropertyFilter(string[] path, string @operator, string[] values)
    {
        _path = path;
        _operator = @operator;
        _values = values;
    }

    /// <param name="text">As it was sent, unescaped.</param>
    /// <param name="fields">The fields that can be asked for; one may stand for all below it.</param>
    /// <exception cref="FlowException">It is malformed, or asks for what cannot be.</exception>
    public static PropertyFilter Parse(string text, IReadOnlyList<string> fields)
    {
        int start = text.AsSpan().IndexOfAny("=<>!~");
        if (start <= 0) throw FlowException.Invalid(1451, $"Invalid params {text} provided in query params.");
        int end = start;
        while (end < text.Length && "=<>!~".Contains(text[end], StringComparison.Ordinal)) end++;
        string field = text[..start].Trim();
        string symbol = text[start..end];
        string rest = text[end..].Trim();
        if (symbol is not ("==" or "<" or ">" or "<=" or ">=")) throw FlowException.Invalid(1440, $"Operator '{symbol}' not implemented.");
        if (rest.Length == 0) throw FlowException.Invalid(1453, $"Invalid query value {text} provided in query param.");
        if (!fields.Any(f => field == f || field.StartsWith(f + ".", StringComparison.Ordinal)))
            throw FlowException.Invalid(1449, $"Invalid field {field} in filter params.");
        string[] values = Values(rest);
        if (symbol != "==")
        {
            if (values.Length > 1) throw FlowException.Invalid(1443, $"Operator '{symbol}' is not allowed for multiple values.");
            if (!IsNumber(values[0], out _)) throw FlowException.Invalid(1448, $"Operator {symbol} not supported for field {field}.");
        }

        return new PropertyFilter(field.Split('.'), symbol, values);
    }

    public bool Matches(JsonObject item) => Found(item, 0).Any(Holds);

    private static string[] Values(string text)
    {
        var values = new List<string>();
        int at = 0;
        while (at <= text.Length)
        {
            if (at < text.Length && text[at] == '"' && text.IndexOf('"', at + 1) is int close and > 0)
            {
                values.Add(text[(at + 1)..close]);
                at = close + 2;
                continue;
            }

            int comma = text.IndexOf(',', at);
            if (comma < 0) comma = text.Length;
            values.Add(text[at..comma].Trim());
            at = comma + 1;
        }

        return [.. values];
    }

    private static bool IsNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private bool Holds(string value)
    {
        // The documents ask for Failed where the bodies say failed.
        if (_operator == "==") return _values.Contains(value, _path[^1] == "status" ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        if (!IsNumber(value, out double left) || !IsNumber(_values[0], out double right)) return false;
        return _operator switch
        {
            "<" => left < right,
            ">" => left > right,
            "<=" => left <= right,
            _ => left >= right,
        };
    }

    private IEnumerable<string> Found(JsonNode? node, int step)
    {
        if (step == _path.Length)
            return JsonValues.Scalar(node) is { } value ? [value] : [];
        string name = _path[step];
        bool each = name.EndsWith("[]", StringComparison.Ordinal);
        JsonNode? child = (node as JsonObject)?[each ? name[..^2] : name];
        if (!each) return Found(child, step + 1);
        return child is JsonArray list ? list.SelectMany(e => Found(e, step + 1)) : [];
    }
}
