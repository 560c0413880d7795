using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses what a pipeline begins with.</summary>
internal sealed class SourceParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly OperatorParser _operators;
    private readonly Func<PipelineSyntax> _pipelines;

    public SourceParser(TokenReader reader, ExpressionParser expressions, OperatorParser operators, Func<PipelineSyntax> pipelines)
    {
        _reader = reader;
        _expressions = expressions;
        _operators = operators;
        _pipelines = pipelines;
    }

    public PipelineSourceSyntax Parse()
    {
        Token token = _reader.Current;
        if (_reader.TrySymbol("("))
        {
            PipelineSyntax inner = _pipelines();
            _reader.ExpectSymbol(")");
            return new NestedSourceSyntax(token.Start, inner);
        }

        Token next = _reader.Peek(1);
        if (token.IsName("macro") && next.IsSymbol("-") && _reader.Peek(2).IsName("expand")) throw _reader.NotSupported(token.Start, "operator 'macro-expand' as a source");
        if (token.IsName("inline_external_table") && (next.IsSymbol("(") || next.Kind == TokenKind.Name)) throw _reader.NotSupported(token.Start, "'inline_external_table'");
        bool standsAlone = next.Kind == TokenKind.End || (next.Kind == TokenKind.Symbol && next.Text is "|" or ";" or ")" or "," or "}");
        if (token.Kind == TokenKind.Name && !standsAlone && !_reader.Peek(1).IsName("on"))
        {
            if (_reader.TryName("print")) return new PrintSourceSyntax(token.Start, _expressions.ParseNamedList());
            if (_reader.TryName("union")) return new UnionSourceSyntax(token.Start, _operators.ParseUnion(token.Start));
            if (_reader.TryName("search")) return new SearchSourceSyntax(token.Start, _operators.ParseSearch(token.Start));
            if (!next.IsSymbol("(") && _reader.TryName("range")) return ParseRange(token.Start);
            if (next.IsSymbol("(") && _reader.TryName("datatable")) return ParseDatatable(token.Start);
            if (next.IsSymbol("(") && _reader.TryName("materialize")) return ParseMaterialize(token.Start);
            if (KnownNames.Operators.Contains(token.Text) && !(next.IsSymbol("(") && token.Text == "range"))
                throw _reader.NotSupported(token.Start, $"operator '{token.Text}' as a source");
            if (next.IsSymbol("(")) return new CallSourceSyntax(token.Start, ParseCall());
        }

        string? name = _reader.TryAnyName();
        if (name is null) throw _reader.Unexpected();
        if (_reader.Current.IsSymbol(".") || _reader.Current.IsSymbol("*"))
            throw _reader.NotSupported(token.Start, "source of that form", "Name one table of the database.");
        return new TableSourceSyntax(token.Start, name);
    }

    /// <summary>A column and its type.</summary>
    public Column ParseColumnDeclaration()
    {
        string name = _reader.ExpectAnyName();
        _reader.ExpectSymbol(":");
        Token typeName = _reader.Current;
        return KustoTypes.TryParse(_reader.ExpectAnyName(), out KustoType type)
            ? new Column(name, type)
            : throw KqlException.Syntax(_reader.Source, typeName.Start, typeName.Text, "a type expected");
    }

    private CallSyntax ParseCall()
    {
        Token token = _reader.Current;
        if (KnownNames.Sources.Contains(token.Text) && token.Text != "table") throw _reader.NotSupported(token.Start, $"'{token.Text}()'");
        CallSyntax call = _expressions.ParseCall();
        if (_reader.Current.IsSymbol(".")) throw _reader.NotSupported(token.Start, "source of that form", "Name one table of the database.");
        if (_reader.Current is { Kind: TokenKind.Symbol, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" or "+" or "-" or "*" or "/" or "%" })
            throw _reader.NotSupported(token.Start, "scalar expression as a query", "Write print in front of it.");
        return call;
    }

    private MaterializeSourceSyntax ParseMaterialize(int position)
    {
        _reader.ExpectSymbol("(");
        PipelineSyntax inner = _pipelines();
        _reader.ExpectSymbol(")");
        return new MaterializeSourceSyntax(position, inner);
    }

    private RangeSourceSyntax ParseRange(int position)
    {
        string column = _reader.ExpectAnyName();
        _reader.ExpectName("from");
        ExpressionSyntax from = _expressions.Parse();
        _reader.ExpectName("to");
        ExpressionSyntax to = _expressions.Parse();
        _reader.ExpectName("step");
        return new RangeSourceSyntax(position, column, from, to, _expressions.Parse());
    }

    private DatatableSourceSyntax ParseDatatable(int position)
    {
        var columns = new List<Column>();
        _reader.ExpectSymbol("(");
        do
        {
            int at = _reader.Current.Start;
            Column column = ParseColumnDeclaration();
            if (columns.Exists(c => c.Name == column.Name)) throw KqlException.Semantic(_reader.Source, at, $"A column with the name '{column.Name}' is already declared.");
            columns.Add(column);
        }
        while (_reader.TrySymbol(","));
        _reader.ExpectSymbol(")");
        _reader.ExpectSymbol("[");
        var values = new List<ExpressionSyntax>();
        while (!_reader.Current.IsSymbol("]"))
        {
            values.Add(_expressions.Parse());
            if (!_reader.TrySymbol(",")) break;
        }

        _reader.ExpectSymbol("]");
        if (values.Count % columns.Count != 0)
            throw KqlException.Semantic(_reader.Source, position, $"'datatable': the number of values ({values.Count}) is no multiple of the number of columns ({columns.Count}).");
        return new DatatableSourceSyntax(position, columns, values);
    }
}
