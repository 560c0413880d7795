using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses what follows the word <c>parse-kv</c>.</summary>
internal sealed class KeyValueParser(TokenReader reader, ExpressionParser expressions)
{
    public ParseKvSyntax Parse(int position)
    {
        ExpressionSyntax expression = expressions.Parse();
        reader.ExpectName("as");
        reader.ExpectSymbol("(");
        var keys = new List<(int Position, Column Column)>();
        do
        {
            int at = reader.Current.Start;
            string name = reader.ExpectAnyName();
            reader.ExpectSymbol(":");
            Token word = reader.Current;
            if (!KustoTypes.TryParse(reader.ExpectAnyName(), out KustoType type)) throw KqlException.Syntax(reader.Source, word.Start, word.Text, "a type expected");
            keys.Add((at, new Column(name, type)));
        }
        while (reader.TrySymbol(","));
        reader.ExpectSymbol(")");
        return new ParseKvSyntax(position, expression, keys, reader.TryName("with") ? ParseOptions() : []);
    }

    private List<OptionSyntax> ParseOptions()
    {
        var options = new List<OptionSyntax>();
        reader.ExpectSymbol("(");
        do
        {
            int at = reader.Current.Start;
            string name = reader.ExpectAnyName();
            reader.ExpectSymbol("=");
            if (expressions.Parse() is not LiteralSyntax literal) throw KqlException.Syntax(reader.Source, at, name, "the value of an option must be a literal");
            options.Add(new OptionSyntax(at, name, literal.Value));
        }
        while (reader.TrySymbol(","));
        reader.ExpectSymbol(")");
        return options;
    }
}
