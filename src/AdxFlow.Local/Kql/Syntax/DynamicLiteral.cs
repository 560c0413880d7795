using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>
/// Reads what stands between the parentheses of <c>dynamic(…)</c>: JSON, in which Kusto literals (<c>datetime(…)</c>,
/// <c>1d</c>, strings in single quotes) may stand too.
/// </summary>
internal sealed class DynamicLiteral
{
    private readonly SourceText _source;
    private readonly int _offset;
    private readonly TokenReader _reader;

    private DynamicLiteral(SourceText source, string text, int offset)
    {
        _source = source;
        _offset = offset;
        // Blanks in front keep the positions of errors those of the whole query.
        _reader = new TokenReader(new SourceText(string.Concat(source.Text.AsSpan(0, offset).ToString().Select(c => c == '\n' ? '\n' : ' ')) + text));
    }

    /// <summary>The value, or null for <c>dynamic(null)</c>.</summary>
    public static DynamicValue? Parse(SourceText source, string text, int offset, int depth = 0)
    {
        var literal = new DynamicLiteral(source, text, offset);
        DynamicValue value = literal.ParseValue(depth);
        if (!literal._reader.AtEnd) throw literal._reader.Unexpected();
        return value.Kind == DynamicKind.Null ? null : value;
    }

    private DynamicValue ParseValue(int depth)
    {
        if (depth > DynamicValue.MaxDepth) throw KqlException.Syntax(_source, _offset, "dynamic", "nested too deeply");
        Token token = _reader.Current;
        if (_reader.TrySymbol("[")) return ParseArray(depth);
        if (_reader.TrySymbol("{")) return ParseObject(depth);
        if (_reader.TrySymbol("-") && _reader.Current is { Kind: TokenKind.Literal } number)
        {
            _reader.Take();
            return number.Value switch
            {
                long integer when number.Type == KustoType.Long => DynamicValue.Of(-integer),
                long ticks => DynamicValue.OfTimeSpan(-ticks),
                double real => DynamicValue.Of(-real),
                _ => throw _reader.Unexpected(),
            };
        }

        switch (token.Kind)
        {
            case TokenKind.Literal:
                _reader.Take();
                return Wrap(token.Type, token.Value!);
            case TokenKind.TypedLiteral when token.Type == KustoType.Dynamic:
                _reader.Take();
                return Parse(_reader.Source, token.Text, (int)token.Value!, depth + 1) ?? DynamicValue.Null;
            case TokenKind.TypedLiteral:
                _reader.Take();
                return TypedLiteral.Parse(_reader.Source, token) is LiteralSyntax literal
                    ? literal.Value is null ? DynamicValue.Null : Wrap(literal.Type, literal.Value)
                    : throw _reader.Unexpected();
            case TokenKind.Name when token.Text is "true" or "false":
                _reader.Take();
                return DynamicValue.Of(token.Text == "true");
            case TokenKind.Name when token.Text == "null":
                _reader.Take();
                return DynamicValue.Null;
            default:
                throw _reader.Unexpected();
        }
    }

    private DynamicValue ParseArray(int depth)
    {
        var items = new List<DynamicValue>();
        if (_reader.TrySymbol("]")) return DynamicValue.Of(items);
        do
            items.Add(ParseValue(depth + 1));
        while (_reader.TrySymbol(","));
        _reader.ExpectSymbol("]");
        return DynamicValue.Of(items);
    }

    private DynamicValue ParseObject(int depth)
    {
        var properties = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
        if (_reader.TrySymbol("}")) return DynamicValue.Of(properties);
        do
        {
            Token key = _reader.Take();
            if (key.Value is not string name) throw _reader.Unexpected("a property name in quotes expected");
            _reader.ExpectSymbol(":");
            properties[name] = ParseValue(depth + 1);
        }
        while (_reader.TrySymbol(","));
        _reader.ExpectSymbol("}");
        return DynamicValue.Of(properties);
    }

    private static DynamicValue Wrap(KustoType type, object value) => type switch
    {
        KustoType.Bool => DynamicValue.Of((bool)value),
        KustoType.Int => DynamicValue.Of((long)(int)value),
        KustoType.Long => DynamicValue.Of((long)value),
        KustoType.Real => DynamicValue.Of((double)value),
        KustoType.Decimal => DynamicValue.Of((KustoDecimal)value),
        KustoType.DateTime => DynamicValue.OfDateTime((long)value),
        KustoType.TimeSpan => DynamicValue.OfTimeSpan((long)value),
        KustoType.Guid => DynamicValue.Of((Guid)value),
        KustoType.String => DynamicValue.Of((string)value),
        _ => (DynamicValue)value,
    };
}
