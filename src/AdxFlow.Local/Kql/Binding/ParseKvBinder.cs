using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>parse-kv</c> with delimiters or with a regular expression. Without either, and in greedy mode, too much is left open.</summary>
/// <remarks>Source: Microsoft Learn, "parse-kv operator".</remarks>
internal static class ParseKvBinder
{
    private static readonly string[] Known = ["pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex"];

    public static ParseKvOperator Bind(Scope scope, TabularOperator input, ParseKvSyntax syntax)
    {
        Expression text = new ExpressionBinder(scope, "parse-kv", input.Schema).Bind(syntax.Expression);
        if (text.Type != KustoType.String) throw KqlException.Semantic(scope.Source, syntax.Expression.Position, "'parse-kv' operator: a string expected.");
        var keys = new List<Column>();
        foreach ((int position, Column key) in syntax.Keys)
        {
            if (keys.Exists(k => k.Name == key.Name)) throw KqlException.Semantic(scope.Source, position, $"A column with the name '{key.Name}' is already declared.");
            if (input.Schema.Any(c => c.Name == key.Name)) throw KqlException.NotSupported(scope.Source, position, $"'parse-kv' into the column '{key.Name}', which exists", "Project it away, or rename it.");
            keys.Add(key);
        }

        return new ParseKvOperator(input, keys, text, Reader(scope, syntax));
    }

    private static KeyValueReader Reader(Scope scope, ParseKvSyntax syntax)
    {
        KqlException Error(int position, string message) => KqlException.Semantic(scope.Source, position, $"'parse-kv' operator: {message}");
        KqlException NotSupported(int position, string what) => KqlException.NotSupported(scope.Source, position, what);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var quotes = new List<(char Open, char Close)>();
        string escapes = "";
        foreach (OptionSyntax option in syntax.Options)
        {
            if (!Known.Contains(option.Name)) throw Error(option.Position, $"there is no option '{option.Name}'.");
            if (option.Name == "greedy") throw NotSupported(option.Position, "'greedy' in 'parse-kv'");
            if (option.Value is not string { Length: > 0 } value) throw Error(option.Position, $"the option '{option.Name}' must be a string.");
            switch (option.Name)
            {
                case "quote" when value.Length <= 2: quotes.Add((value[0], value[^1])); break;
                case "escape" when value.Length == 1: escapes += value; break;
                case "quote" or "escape": throw Error(option.Position, $"the option '{option.Name}' is too long.");
                default:
                    if (!texts.TryAdd(option.Name, value)) throw Error(option.Position, $"the option '{option.Name}' occurs twice.");
                    break;
            }
        }

        if (texts.TryGetValue("regex", out string? pattern))
        {
            if (syntax.Options.Count > 1) throw Error(syntax.Position, "'regex' stands alone.");
            Regex regex = RegexCache.Get(pattern);
            return regex.GetGroupNumbers().Length == 3 ? new KeyValueReader(regex) : throw Error(syntax.Options[0].Position, "the regular expression must have two capturing groups.");
        }

        if (!texts.TryGetValue("pair_delimiter", out string? pairs) || !texts.TryGetValue("kv_delimiter", out string? values))
            throw NotSupported(syntax.Position, "'parse-kv' without delimiters");
        if (pairs.Contains(values, StringComparison.Ordinal) || values.Contains(pairs, StringComparison.Ordinal)) throw NotSupported(syntax.Position, "'parse-kv' with delimiters of which one is in the other");
        return new KeyValueReader(pairs, values, quotes, escapes);
    }
}
