namespace AdxFlow.Local.Kql.Syntax;

/// <summary>Parses <c>make-series</c>.</summary>
internal sealed class SeriesParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;

    public SeriesParser(TokenReader reader, ExpressionParser expressions)
    {
        _reader = reader;
        _expressions = expressions;
    }

    public MakeSeriesSyntax Parse(int position)
    {
        bool nonEmpty = false;
        _reader.SkipHints();
        while (_reader.Current.IsName("kind") && _reader.Peek(1).IsSymbol("="))
        {
            _reader.Index += 2;
            _reader.ExpectName("nonempty");
            nonEmpty = true;
            _reader.SkipHints();
        }

        var series = new List<SeriesSyntax>();
        do
            series.Add(ParseSeries());
        while (_reader.TrySymbol(","));
        _reader.ExpectName("on");
        NamedExpressionSyntax axis = ParseAxis();
        ExpressionSyntax? from = _reader.TryName("from") ? _expressions.Parse() : null;
        ExpressionSyntax? to = _reader.TryName("to") ? _expressions.Parse() : null;
        _reader.ExpectName("step");
        ExpressionSyntax step = _expressions.Parse();
        IReadOnlyList<NamedExpressionSyntax> keys = _reader.TryName("by") ? _expressions.ParseNamedList() : [];
        return new MakeSeriesSyntax(position, nonEmpty, series, axis, from, to, step, keys);
    }

    private SeriesSyntax ParseSeries()
    {
        NamedExpressionSyntax item = _expressions.ParseNamed();
        if (!_reader.TryName("default")) return new SeriesSyntax(item, null);
        _reader.ExpectSymbol("=");
        return new SeriesSyntax(item, _expressions.Parse());
    }

    // The older form, with a range in a list, ends and aligns its axis in another way.
    private NamedExpressionSyntax ParseAxis()
    {
        int position = _reader.Current.Start;
        if (_reader.Peek(1).IsName("in") && _reader.Peek(2).IsName("range")) throw _reader.NotSupported(position, "'in range()' in 'make-series'", "Write from … to … step ….");
        return _expressions.ParseNamed();
    }
}
