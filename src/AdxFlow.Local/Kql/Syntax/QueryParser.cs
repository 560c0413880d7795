using System.Globalization;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses a query: statements, pipelines and what they begin with.</summary>
internal sealed class QueryParser
{
    private const int MaxNesting = 50;
    private const int MaxOperators = 500;

    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly OperatorParser _operators;
    private int _nesting;

    private QueryParser(SourceText source)
    {
        _reader = new TokenReader(source);
        _expressions = new ExpressionParser(_reader);
        _operators = new OperatorParser(_reader, _expressions);
    }

    public static IReadOnlyList<StatementSyntax> Parse(SourceText source)
    {
        var parser = new QueryParser(source);
        var statements = new List<StatementSyntax>();
        TokenReader reader = parser._reader;
        do
        {
            if (reader.AtEnd && statements.Count > 0) break;
            statements.Add(parser.ParseStatement());
        }
        while (reader.TrySymbol(";"));
        if (!reader.AtEnd) throw reader.Unexpected();
        if (statements[^1] is not QuerySyntax) throw reader.Unexpected("a query must follow");
        return statements;
    }

    private StatementSyntax ParseStatement()
    {
        Token token = _reader.Current;
        bool isWord = token.Kind == TokenKind.Name && _reader.Peek(1).Kind == TokenKind.Name;
        if (isWord && token.Text == "let") return ParseLet();
        if (isWord && token.Text == "declare" && _reader.Peek(1).IsName("query_parameters")) return ParseDeclare();
        if (isWord && token.Text == "set") return ParseSet();
        if (isWord && KnownNames.Statements.Contains(token.Text)) throw _reader.NotSupported(token.Start, $"statement '{token.Text}'");
        return new QuerySyntax(token.Start, ParsePipeline());
    }

    private SetSyntax ParseSet()
    {
        int position = _reader.Take().Start;
        string name = _reader.ExpectAnyName();
        if (!_reader.TrySymbol("=")) return new SetSyntax(position, name, null);
        int start = _reader.Current.Start;
        ExpressionSyntax value = _expressions.Parse();
        if (value is not LiteralSyntax literal) throw KqlException.Syntax(_reader.Source, start, name, "the value of an option must be a literal");
        return new SetSyntax(position, name, literal.Type switch
        {
            KustoType.Bool => literal.Value is true ? "true" : "false",
            KustoType.DateTime when literal.Value is long ticks => KustoFormat.DateTime(ticks),
            KustoType.TimeSpan when literal.Value is long ticks => KustoFormat.Duration(ticks),
            _ => Convert.ToString(literal.Value, CultureInfo.InvariantCulture),
        });
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

    private DeclareSyntax ParseDeclare()
    {
        int position = _reader.Take().Start;
        _reader.Take();
        _reader.ExpectSymbol("(");
        var parameters = new List<ParameterSyntax>();
        do
        {
            int at = _reader.Current.Start;
            (string name, KustoType type) = ParseColumnDeclaration();
            parameters.Add(new ParameterSyntax(at, name, type, _reader.TrySymbol("=") ? _expressions.Parse() : null));
        }
        while (_reader.TrySymbol(","));
        _reader.ExpectSymbol(")");
        return new DeclareSyntax(position, parameters);
    }

    private Column ParseColumnDeclaration()
    {
        string name = _reader.ExpectAnyName();
        _reader.ExpectSymbol(":");
        Token typeName = _reader.Current;
        return KustoTypes.TryParse(_reader.ExpectAnyName(), out KustoType type)
            ? new Column(name, type)
            : throw KqlException.Syntax(_reader.Source, typeName.Start, typeName.Text, "a type expected");
    }

    private LetSyntax ParseLet()
    {
        int position = _reader.Take().Start;
        string name = _reader.ExpectAnyName();
        _reader.ExpectSymbol("=");
        Token first = _reader.Current;
        if (first.IsSymbol("(") && (_reader.Peek(1).IsSymbol(")") || _reader.Peek(2).IsSymbol(":")))
            throw _reader.NotSupported(first.Start, "user-defined function in 'let'");
        if (first.IsName("view") || first.IsName("materialize"))
            throw _reader.NotSupported(first.Start, $"'{first.Text}' in 'let'");
        bool isPipeline = first.Kind == TokenKind.Name && first.Text is "print" or "datatable" or "range" or "union" or "search" or "find";
        if (!isPipeline)
        {
            int start = _reader.Index;
            ExpressionSyntax scalar = _expressions.Parse();
            if (!_reader.Current.IsSymbol("|")) return new LetSyntax(position, name, scalar, null);
            _reader.Index = start;
        }

        return new LetSyntax(position, name, null, ParsePipeline());
    }

    private PipelineSyntax ParsePipeline()
    {
        if (++_nesting > MaxNesting) throw _reader.Unexpected("nested too deeply");
        PipelineSourceSyntax source = ParseSource();
        var operators = new List<OperatorSyntax>();
        while (_reader.TrySymbol("|"))
        {
            if (operators.Count == MaxOperators) throw _reader.NotSupported(_reader.Current.Start, $"pipeline of more than {MaxOperators} operators");
            operators.Add(_operators.Parse());
        }

        _nesting--;
        return new PipelineSyntax(source, operators);
    }

    private PipelineSourceSyntax ParseSource()
    {
        Token token = _reader.Current;
        if (_reader.TrySymbol("("))
        {
            PipelineSyntax inner = ParsePipeline();
            _reader.ExpectSymbol(")");
            return new NestedSourceSyntax(token.Start, inner);
        }

        Token next = _reader.Peek(1);
        bool standsAlone = token.Kind == TokenKind.Name && (next.Kind == TokenKind.End || next.IsSymbol("|") || next.IsSymbol(";") || next.IsSymbol(")"));
        if (token.Kind == TokenKind.Name && !standsAlone)
        {
            if (_reader.TryName("print")) return new PrintSourceSyntax(token.Start, _expressions.ParseNamedList());
            if (!next.IsSymbol("(") && _reader.TryName("range")) return ParseRange(token.Start);
            if (next.IsSymbol("(") && _reader.TryName("datatable")) return ParseDatatable(token.Start);
            if (next.IsSymbol("("))
            {
                if (KnownNames.Sources.Contains(token.Text)) throw _reader.NotSupported(token.Start, $"source '{token.Text}()'");
                if (token.Text is not ("union" or "find" or "range")) throw _reader.NotSupported(token.Start, $"function '{token.Text}()' as a source");
            }

            if (KnownNames.Operators.Contains(token.Text)) throw _reader.NotSupported(token.Start, $"operator '{token.Text}' as a source");
        }

        string? name = _reader.TryAnyName();
        if (name is null) throw _reader.Unexpected();
        if (_reader.Current.IsSymbol(".") || _reader.Current.IsSymbol("*"))
            throw _reader.NotSupported(token.Start, "source of that form", "Name one table of the database.");
        return new TableSourceSyntax(token.Start, name);
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
