namespace AdxFlow;

/// <summary>
/// A whole result in memory: what a management command answers.
/// The values are bool, int, long, double, decimal (or its text where .NET's is too narrow), DateTime in UTC, TimeSpan, Guid, string,
/// and for dynamic a Dictionary, an array, a string, long, double or bool; null where there is none.
/// </summary>
public sealed class AdxResultTable
{
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a result.</summary>
    /// <param name="name">The result's name.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows, each with a value for every column.</param>
    public AdxResultTable(string name, IReadOnlyList<AdxResultColumn> columns, IReadOnlyList<object?[]> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Name = name;
        Columns = columns;
        Rows = rows;
        for (int i = 0; i < columns.Count; i++)
            _ordinals.TryAdd(columns[i].Name, i);
    }

    /// <summary>The result's name; <c>Table_0</c> as a rule.</summary>
    public string Name { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<AdxResultColumn> Columns { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<object?[]> Rows { get; }

    /// <summary>The place of a column; -1 where there is none of that name. Older services lack some columns, so they are read by name.</summary>
    /// <param name="column">The column's name, in any case.</param>
    /// <returns>Its place, from 0.</returns>
    public int Ordinal(string column) => _ordinals.TryGetValue(column, out int ordinal) ? ordinal : -1;

    /// <summary>A value as text; null where the column or the value is absent.</summary>
    internal string? Text(object?[] row, string column)
    {
        int ordinal = Ordinal(column);
        return ordinal < 0 ? null : row[ordinal] switch
        {
            null => null,
            string text => text,
            IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            { } other => other.ToString(),
        };
    }

    /// <summary>A value as a whole number; null where the column or the value is absent, or is no number.</summary>
    internal long? Number(object?[] row, string column)
    {
        int ordinal = Ordinal(column);
        return ordinal < 0 ? null : row[ordinal] switch
        {
            long value => value,
            int value => value,
            // Sizes come as real from some commands.
            double value when value is >= long.MinValue and < long.MaxValue => (long)value,
            _ => null,
        };
    }
}
