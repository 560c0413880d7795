using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses what follows the word <c>evaluate</c>.</summary>
internal sealed class EvaluateParser(TokenReader reader, ExpressionParser expressions)
{
    public EvaluateSyntax Parse(int position)
    {
        reader.SkipHints();
        CallSyntax plugin = expressions.ParseCall();
        int at = reader.Current.Start;
        return new EvaluateSyntax(position, plugin, reader.TrySymbol(":") ? ParseOutput(at) : null);
    }

    private OutputSchemaSyntax ParseOutput(int position)
    {
        reader.ExpectSymbol("(");
        var columns = new List<Column>();
        bool withInput = reader.TrySymbol("*");
        if (!withInput || reader.TrySymbol(","))
        {
            do
            {
                int at = reader.Current.Start;
                string name = reader.ExpectAnyName();
                reader.ExpectSymbol(":");
                Token word = reader.Current;
                if (!KustoTypes.TryParse(reader.ExpectAnyName(), out KustoType type)) throw KqlException.Syntax(reader.Source, word.Start, word.Text, "a type expected");
                if (columns.Exists(c => c.Name == name)) throw KqlException.Semantic(reader.Source, at, $"A column with the name '{name}' is already declared.");
                columns.Add(new Column(name, type));
            }
            while (reader.TrySymbol(","));
        }

        reader.ExpectSymbol(")");
        return new OutputSchemaSyntax(position, withInput, columns);
    }
}
