using System.Globalization;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Reads literals with their type in front: <c>long(5)</c>, <c>datetime(2020-01-01)</c>, <c>guid(…)</c>, <c>dynamic({…})</c>, <c>real(null)</c>.</summary>
internal static class TypedLiteral
{
    public static ExpressionSyntax Parse(SourceText source, Token token)
    {
        string text = token.Text.Trim();
        if (token.Type == KustoType.Dynamic)
        {
            DynamicValue? value = DynamicLiteral.Parse(source, token.Text, (int)token.Value!);
            return new LiteralSyntax(token.Start, KustoType.Dynamic, value);
        }

        if (text == "null") return new LiteralSyntax(token.Start, token.Type, null);
        if (token.Type == KustoType.DateTime && text.Length == 0)
            return new CallSyntax(token.Start, "now", []);

        // datetime("2020-01-01") is accepted as well as the bare form.
        int quoteEnd = 0;
        if (text.Length > 0 && StringLiteral.IsStart(text, 0) && StringLiteral.TryRead(text, ref quoteEnd, out string unquoted) && quoteEnd == text.Length)
            text = unquoted;
        if (Convert(token.Type, text) is { } result) return new LiteralSyntax(token.Start, token.Type, result);
        throw token.Type == KustoType.DateTime && !LooksLikeIsoDate(text) && text.AsSpan().ContainsAnyInRange('0', '9')
            ? KqlException.NotSupported(source, token.Start, $"reading of '{source.Text[token.Start..token.End]}'", "Write it in ISO 8601.")
            : KqlException.Syntax(source, token.Start, source.Text[token.Start..token.End], $"not a literal of type {KustoTypes.Name(token.Type)}");
    }

    // The service reads more forms of dates than it documents; one that has the documented form, and is no date, is wrong there too.
    private static bool LooksLikeIsoDate(string text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && !text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9');

    /// <summary>The value of the text, or null where it is none of the type.</summary>
    public static object? Convert(KustoType type, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        switch (type)
        {
            case KustoType.Bool: return ValueText.TryBool(utf8, out bool flag) ? flag : null;
            case KustoType.Int: return ValueText.TryInt(utf8, out int small) ? small : null;
            case KustoType.Long: return ValueText.TryLong(utf8, out long large) ? large : null;
            case KustoType.Real: return Real(text);
            case KustoType.Decimal: return KustoDecimal.TryParse(utf8, out KustoDecimal exact) ? exact : null;
            case KustoType.DateTime: return ValueText.TryDateTime(utf8, out long moment) ? moment : null;
            case KustoType.TimeSpan: return ValueText.TryTimeSpan(utf8, out long duration) ? duration : null;
            case KustoType.Guid: return ValueText.TryGuid(utf8, out Guid guid) ? guid : null;
            default: return null;
        }
    }

    private static object? Real(string text) => text switch
    {
        "nan" => double.NaN,
        "+inf" or "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null,
    };
}
