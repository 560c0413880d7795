using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>parse</c> and <c>parse-where</c>: the pattern becomes a regular expression over the whole text. The texts
/// between the columns are plain, or regular expressions themselves with <c>kind=regex</c>; there a text column takes as
/// much as it can, else as little.
/// </summary>
/// <remarks>Source: Microsoft Learn, "parse operator" and "parse-where operator", with their examples.</remarks>
internal sealed class ParseBinder
{
    private readonly Scope _scope;
    private readonly ParseSyntax _syntax;

    private ParseBinder(Scope scope, ParseSyntax syntax)
    {
        _scope = scope;
        _syntax = syntax;
    }

    private bool IsRegex => _syntax.Kind == "regex";

    public static ParseOperator Bind(Scope scope, TabularOperator input, ParseSyntax syntax) => new ParseBinder(scope, syntax).Bind(input);

    private ParseOperator Bind(TabularOperator input)
    {
        string name = _syntax.IsFilter ? "parse-where" : "parse";
        Expression text = Conversion.ToText(new ExpressionBinder(_scope, name, input.Schema).Bind(_syntax.Expression));
        if (_syntax.IsFilter && _syntax.Kind == "relaxed") throw NotSupported(_syntax.Position, "'kind=relaxed' of 'parse-where'");
        if (_syntax.Flags.Length > 0 && !IsRegex) throw Error(_syntax.Position, "flags are for kind=regex only.");

        var parsed = new List<Column>();
        foreach (ParsePartSyntax part in _syntax.Parts)
        {
            if (part.Column is not { } column) continue;
            if (parsed.Exists(c => c.Name == column.Name)) throw KqlException.Semantic(_scope.Source, part.Position, $"A column with the name '{column.Name}' is already declared.");
            if (input.Schema.Any(c => c.Name == column.Name)) throw NotSupported(part.Position, $"'{name}' into the column '{column.Name}', which exists", "Parse into a new one.");
            parsed.Add(column);
        }

        return new ParseOperator(input, parsed, text, Pattern(), isStrict: _syntax.Kind != "relaxed", _syntax.IsFilter);
    }

    private Regex Pattern()
    {
        bool isLazy = !IsRegex || _syntax.Flags.Contains('U', StringComparison.Ordinal);
        var pattern = new StringBuilder(@"\A");
        ParsePartSyntax? previous = null;
        int group = 0;
        for (int i = 0; i < _syntax.Parts.Count; i++)
        {
            ParsePartSyntax part = _syntax.Parts[i];
            bool beforeStar = i + 1 < _syntax.Parts.Count && _syntax.Parts[i + 1] is { Text: null, Column: null };
            if (part.Text is not null)
                pattern.Append(IsRegex ? "(?:" + Checked(part) + ")" : Regex.Escape(part.Text));
            else if (part.Column is not { } column)
                pattern.Append(previous is { Text: null, Column: null } ? throw Error(part.Position, "two '*' in a row.") : previous?.Column?.Type == KustoType.String ? throw Error(part.Position, "using '*' after parsing a string column is ambiguous.") : ".*?");
            else if (previous?.Column is not null)
                throw Error(part.Position, "a column name must follow a text.");
            else
                pattern.Append(CultureInfo.InvariantCulture, $"(?<adx{group++}>{Capture(part, column.Type, isLazy, beforeStar)})");
            previous = part;
        }

        string whole = pattern.Append(@"\z").ToString();
        return RegexCache.Compile(whole, whole, Options());
    }

    private string Capture(ParsePartSyntax part, KustoType type, bool isLazy, bool beforeStar)
    {
        string any = isLazy ? ".*?" : ".*";
        string? number = type switch
        {
            KustoType.Int or KustoType.Long => @"-?\d+",
            KustoType.Real or KustoType.Decimal => @"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?",
            _ => null,
        };
        if (beforeStar && number is null && type != KustoType.String)
            throw NotSupported(part.Position, $"column of type {KustoTypes.Name(type)} before '*' in a pattern of 'parse'", "Put the text between that follows it.");
        if (_syntax.Kind != "relaxed") return number ?? any;
        return beforeStar ? $"(?:{number})?" : any;
    }

    // With U, greed and its opposite trade places, also in what the query wrote.
    private string Checked(ParsePartSyntax part)
    {
        if (_syntax.Flags.Contains('U', StringComparison.Ordinal) && part.Text!.AsSpan().IndexOfAny("*+?{") >= 0)
            throw NotSupported(part.Position, "flag 'U' with quantifiers in a text of 'parse'");
        string translated = RegexDialect.Translate(part.Text!, _syntax.Flags.Contains('m', StringComparison.Ordinal));
        RegexCache.Compile(part.Text!, translated, RegexOptions.None);
        return translated;
    }

    private RegexOptions Options()
    {
        RegexOptions options = IsRegex ? RegexOptions.None : RegexOptions.Singleline;
        foreach (char flag in _syntax.Flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                's' => RegexOptions.Singleline,
                'm' => RegexOptions.Multiline,
                'U' => RegexOptions.None,
                _ => throw NotSupported(_syntax.Position, $"flag '{flag}' of 'parse'"),
            };
        }

        return options;
    }

    private KqlException Error(int position, string message) => KqlException.Semantic(_scope.Source, position, $"'parse' operator: {message}");

    private KqlException NotSupported(int position, string what, string? hint = null) => KqlException.NotSupported(_scope.Source, position, what, hint);
}
