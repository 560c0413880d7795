using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// A term of <c>search</c>, and <c>where * has "term"</c>: true for rows that have it in one of the columns. Whether a number or a date can have a term is not
/// documented; a row that has it nowhere else fails the query.
/// </summary>
internal sealed class TermExpression : Expression
{
    private readonly Expression[] _texts;
    private readonly (string Name, Expression Text)[] _others;
    private readonly Predicate<string> _test;

    /// <param name="columns">The columns to look in, by name.</param>
    /// <param name="test">Tells whether a text has the term.</param>
    public TermExpression(IEnumerable<(string Name, Expression Column)> columns, Predicate<string> test)
        : base(KustoType.Bool)
    {
        _test = test;
        (string Name, KustoType Type, Expression Text)[] all = [.. columns.Select(c => (c.Name, c.Column.Type, Conversion.ToText(c.Column)))];
        _texts = [.. all.Where(c => HoldsText(c.Type)).Select(c => c.Text)];
        _others = [.. all.Where(c => !HoldsText(c.Type)).Select(c => (c.Name, c.Text))];
        Size = SizeOf([.. _texts, .. _others.Select(o => o.Text)]);
    }

    public override long Size { get; }

    /// <summary>The columns of rows as places to look.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="skip">How many at the beginning are left out.</param>
    public static IEnumerable<(string Name, Expression Column)> Places(IReadOnlyList<Column> schema, int skip = 0) =>
        schema.Select((c, i) => (c.Name, (Expression)new ColumnExpression(i, c.Type))).Skip(skip);

    public override Vector Evaluate(RowChunk chunk)
    {
        var found = new bool[chunk.Count];
        foreach (Expression column in _texts)
        {
            string[] values = column.Evaluate(chunk).Values<string>();
            for (int row = 0; row < found.Length; row++)
                found[row] = found[row] || _test(values[row]);
        }

        int[] open = [.. Enumerable.Range(0, found.Length).Where(row => !found[row])];
        RowChunk rest = chunk.Select(open);
        foreach ((string name, Expression text) in _others)
        {
            string[] values = text.Evaluate(rest).Values<string>();
            if (Enumerable.Range(0, rest.Count).Any(row => _test(values[row])))
                throw KqlException.NotSupportedValue($"A row has the term that is searched for in the column '{name}' only, which is no text. (Whether the service looks there is not documented.) Search in the columns that matter: column:\"term\".");
        }

        return new Vector<bool>(KustoType.Bool, found, found.Length, null);
    }

    private static bool HoldsText(KustoType type) => type is KustoType.String or KustoType.Dynamic;
}
