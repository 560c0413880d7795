using System.Globalization;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// <c>parse</c> and <c>parse-where</c>: columns from the groups of a regular expression. Where the text does not match, or (if
/// strict) a part is none of its column's type, all of them are null, or the row is left out.
/// </summary>
internal sealed class ParseOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly Expression _text;
    private readonly Regex _pattern;
    private readonly bool _isStrict;
    private readonly bool _isFilter;

    /// <param name="input">The rows.</param>
    /// <param name="parsed">The columns that are added.</param>
    /// <param name="text">What is parsed.</param>
    /// <param name="pattern">With a group <c>adxN</c> for each parsed column.</param>
    /// <param name="isStrict">True where all parts must be of their types.</param>
    /// <param name="isFilter">True where rows that do not match are left out.</param>
    public ParseOperator(TabularOperator input, IReadOnlyList<Column> parsed, Expression text, Regex pattern, bool isStrict, bool isFilter)
        : base([.. input.Schema, .. parsed])
    {
        _input = input;
        _text = text;
        _pattern = pattern;
        _isStrict = isStrict;
        _isFilter = isFilter;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            Parsed parsed = Parse(chunk);
            var whole = chunk.With([.. chunk.Columns, .. parsed.Columns]);
            if (!_isFilter || parsed.Failed.Count == 0)
            {
                yield return whole;
                continue;
            }

            int[] kept = [.. Enumerable.Range(0, chunk.Count).Where(row => !parsed.Failed.Contains(row))];
            if (kept.Length > 0) yield return whole.Select(kept);
        }
    }

    private Parsed Parse(RowChunk chunk)
    {
        string[] source = _text.Evaluate(chunk).Values<string>();
        var groups = new string[Schema.Count - _input.Schema.Count][];
        for (int i = 0; i < groups.Length; i++)
            groups[i] = new string[chunk.Count];
        var failed = new HashSet<int>();
        for (int row = 0; row < chunk.Count; row++)
        {
            Match match = _pattern.Match(source[row]);
            if (!match.Success) failed.Add(row);
            for (int i = 0; i < groups.Length; i++)
                groups[i][row] = match.Groups[$"adx{i.ToString(CultureInfo.InvariantCulture)}"].Value;
        }

        Vector[] columns = [.. groups.Select((texts, i) => Convert(texts, Schema[_input.Schema.Count + i].Type))];
        if (!_isStrict) return new Parsed(columns, failed);
        foreach (Vector column in columns)
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                if (column.IsNull(row)) failed.Add(row);
            }
        }

        return new Parsed([.. columns.Select(c => Blank(c, failed))], failed);
    }

    private static Vector Convert(string[] texts, KustoType type)
    {
        var vector = new Vector<string>(KustoType.String, texts, texts.Length, null);
        return type switch
        {
            KustoType.String => vector,
            KustoType.Dynamic => DynamicText.Kernel([vector], texts.Length),
            _ => ConversionKernels.Find(KustoType.String, type)!([vector], texts.Length),
        };
    }

    private static Vector Blank(Vector column, HashSet<int> rows)
    {
        if (rows.Count == 0) return column;
        ColumnBuilder builder = ColumnBuilder.Create(column.Type);
        for (int row = 0; row < column.Count; row++)
        {
            if (rows.Contains(row))
                builder.AppendNull();
            else
                builder.AppendFrom(column, row);
        }

        return builder.Build();
    }

    private sealed record Parsed(Vector[] Columns, HashSet<int> Failed);
}
