using System.Globalization;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses a query: statements, pipelines and what they begin with.</summary>
internal sealed class QueryParser
{
    private const int MaxNesting = 50;
    private const int MaxOperators = 500;
    private const int MaxStatements = 1000;

    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly OperatorParser _operators;
    private readonly SourceParser _sources;
    private int _nesting;

    private QueryParser(SourceText source)
    {
        _reader = new TokenReader(source);
        _expressions = new ExpressionParser(_reader) { Pipelines = ParsePipeline };
        _operators = new OperatorParser(_reader, _expressions, ParsePipeline, ParseSubquery);
        _sources = new SourceParser(_reader, _expressions, _operators, ParsePipeline);
    }

    public static IReadOnlyList<StatementSyntax> Parse(SourceText source)
    {
        var parser = new QueryParser(source);
        var statements = new List<StatementSyntax>();
        TokenReader reader = parser._reader;
        do
        {
            if (reader.AtEnd && statements.Count > 0) break;
            if (statements.Count == MaxStatements) throw reader.NotSupported(reader.Current.Start, $"query of more than {MaxStatements} statements");
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
        if (IsLet()) return ParseLet();
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

    private DeclareSyntax ParseDeclare()
    {
        int position = _reader.Take().Start;
        _reader.Take();
        _reader.ExpectSymbol("(");
        var parameters = new List<ParameterSyntax>();
        do
        {
            int at = _reader.Current.Start;
            (string name, KustoType type) = _sources.ParseColumnDeclaration();
            parameters.Add(new ParameterSyntax(at, name, type, _reader.TrySymbol("=") ? _expressions.Parse() : null));
        }
        while (_reader.TrySymbol(","));
        _reader.ExpectSymbol(")");
        return new DeclareSyntax(position, parameters);
    }

    // The name may stand in brackets: let ['a b'] = 1.
    private bool IsLet() => _reader.Current.IsName("let")
        && (_reader.Peek(1).Kind == TokenKind.Name || (_reader.Peek(1).IsSymbol("[") && _reader.Peek(3).IsSymbol("]")));

    private StatementSyntax ParseLet()
    {
        int position = _reader.Take().Start;
        string name = _reader.ExpectAnyName();
        _reader.ExpectSymbol("=");
        bool isView = _reader.Current.IsName("view") && _reader.Peek(1).IsSymbol("(");
        if (isView) _reader.Take();
        if (isView || IsFunction()) return ParseFunction(position, name, isView);
        return _reader.StandsBeforePipeline()
            ? new LetSyntax(position, name, null, ParsePipeline())
            : new LetSyntax(position, name, _expressions.Parse(), null);
    }

    // A parenthesis with parameters in it, or with nothing; else it encloses a value or a pipeline.
    private bool IsFunction()
    {
        if (!_reader.Current.IsSymbol("(")) return false;
        return _reader.Peek(1).IsSymbol(")") || _reader.Peek(2).IsSymbol(":") || (_reader.Peek(1).IsSymbol("[") && _reader.Peek(4).IsSymbol(":"));
    }

    private LetFunctionSyntax ParseFunction(int position, string name, bool isView)
    {
        if (++_nesting > MaxNesting) throw _reader.Unexpected("nested too deeply");
        _reader.ExpectSymbol("(");
        var parameters = new List<FunctionParameterSyntax>();
        if (!_reader.TrySymbol(")"))
        {
            do
                parameters.Add(ParseFunctionParameter());
            while (_reader.TrySymbol(","));
            _reader.ExpectSymbol(")");
        }

        _reader.ExpectSymbol("{");
        var lets = new List<StatementSyntax>();
        while (IsLet())
        {
            lets.Add(ParseLet());
            _reader.ExpectSymbol(";");
        }

        PipelineSyntax? pipeline = _reader.StandsBeforePipeline() ? ParsePipeline() : null;
        ExpressionSyntax? scalar = pipeline is null ? _expressions.Parse() : null;
        _reader.TrySymbol(";");
        _reader.ExpectSymbol("}");
        _nesting--;
        return new LetFunctionSyntax(position, name, isView, parameters, lets, scalar, pipeline);
    }

    private FunctionParameterSyntax ParseFunctionParameter()
    {
        int position = _reader.Current.Start;
        if (_reader.Peek(1).IsSymbol(":") && _reader.Peek(2).IsSymbol("("))
        {
            string name = _reader.ExpectAnyName();
            _reader.ExpectSymbol(":");
            _reader.ExpectSymbol("(");
            var columns = new List<Column>();
            if (!_reader.TrySymbol("*"))
            {
                do
                    columns.Add(_sources.ParseColumnDeclaration());
                while (_reader.TrySymbol(","));
            }

            _reader.ExpectSymbol(")");
            return new FunctionParameterSyntax(position, name, KustoType.Dynamic, columns, null);
        }

        (string scalar, KustoType type) = _sources.ParseColumnDeclaration();
        return new FunctionParameterSyntax(position, scalar, type, null, _reader.TrySymbol("=") ? _expressions.Parse() : null);
    }

    // Operators in parentheses, for rows that the operator around them gives.
    private List<OperatorSyntax> ParseSubquery()
    {
        if (++_nesting > MaxNesting) throw _reader.Unexpected("nested too deeply");
        _reader.ExpectSymbol("(");
        var operators = new List<OperatorSyntax>();
        do
            operators.Add(_operators.Parse());
        while (_reader.TrySymbol("|") && operators.Count < MaxOperators);
        _reader.ExpectSymbol(")");
        _nesting--;
        return operators;
    }

    private PipelineSyntax ParsePipeline()
    {
        if (++_nesting > MaxNesting) throw _reader.Unexpected("nested too deeply");
        PipelineSourceSyntax source = _sources.Parse();
        var operators = new List<OperatorSyntax>();
        while (_reader.TrySymbol("|"))
        {
            if (operators.Count == MaxOperators) throw _reader.NotSupported(_reader.Current.Start, $"pipeline of more than {MaxOperators} operators");
            operators.Add(_operators.Parse());
        }

        _nesting--;
        return new PipelineSyntax(source, operators);
    }
}
