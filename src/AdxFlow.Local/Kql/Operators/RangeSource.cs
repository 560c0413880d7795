using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>range</c>: start, start + step, and so on up to the stop, made while they are read. A null anywhere gives no rows.</summary>
internal sealed class RangeSource : TabularOperator
{
    private readonly Func<long, int, Vector> _values;
    private readonly decimal _count;

    private RangeSource(Column column, decimal count, Func<long, int, Vector> values)
        : base([column])
    {
        _count = count;
        _values = values;
    }

    /// <summary>Whole numbers, points in time or time spans (ticks).</summary>
    public static RangeSource OfIntegers(Column column, long? from, long? to, long? step)
    {
        if (from is not { } start || to is not { } stop || step is not { } by) return Empty(column);
        return new RangeSource(column, Math.Floor(((decimal)stop - start) / by) + 1, (first, count) =>
        {
            var items = new long[count];
            long value = unchecked(start + (first * by));
            for (int i = 0; i < count; i++)
            {
                items[i] = value;
                value = unchecked(value + by);
            }

            return new Vector<long>(column.Type, items, count, null);
        });
    }

    public static RangeSource OfReals(Column column, double? from, double? to, double? step)
    {
        if (from is not { } start || to is not { } stop || step is not { } by || !double.IsFinite(start) || !double.IsFinite(by) || double.IsNaN(stop)) return Empty(column);
        double count = Math.Floor((stop - start) / by) + 1;
        return new RangeSource(column, count > (double)long.MaxValue ? long.MaxValue : (decimal)Math.Max(count, 0), (first, rows) =>
        {
            var items = new double[rows];
            for (int i = 0; i < rows; i++)
                items[i] = start + ((first + i) * by);
            return new Vector<double>(column.Type, items, rows, null);
        });
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        for (long first = 0; first < _count; first += RowChunk.MaxRows)
        {
            cancel.ThrowIfCancellationRequested();
            int count = (int)Math.Min(RowChunk.MaxRows, _count - first);
            yield return new RowChunk([_values(first, count)], count);
        }
    }

    private static RangeSource Empty(Column column) => new(column, 0, (_, _) => Vector.CreateNull(column.Type, 0));
}
