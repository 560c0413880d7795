using System.Globalization;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>evaluate narrow()</c>: a row for each value, with the number of its row, the name of its column, and its text.</summary>
/// <remarks>Source: Microsoft Learn, "narrow plugin", whose example shows how a bool and a datetime are written.</remarks>
internal sealed class NarrowOperator : TabularOperator
{
    private static readonly Column[] Columns = [new("Row", KustoType.Long), new("Column", KustoType.String), new("Value", KustoType.String)];

    private readonly TabularOperator _input;

    public NarrowOperator(TabularOperator input)
        : base(Columns) => _input = input;

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        int width = _input.Schema.Count;
        if (width == 0) yield break;
        int rowsAtATime = Math.Max(1, RowChunk.MaxRows / width);
        long number = 0;
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            for (int start = 0; start < chunk.Count; start += rowsAtATime)
            {
                cancel.ThrowIfCancellationRequested();
                int count = Math.Min(rowsAtATime, chunk.Count - start);
                var rows = new long[count * width];
                var names = new string[rows.Length];
                var values = new string[rows.Length];
                for (int i = 0; i < rows.Length; i++)
                {
                    rows[i] = number + (i / width);
                    names[i] = _input.Schema[i % width].Name;
                    values[i] = Text(chunk[i % width], start + (i / width));
                }

                number += count;
                yield return new RowChunk(
                    [new Vector<long>(KustoType.Long, rows, rows.Length, null), new Vector<string>(KustoType.String, names, rows.Length, null), new Vector<string>(KustoType.String, values, rows.Length, null)],
                    rows.Length);
            }
        }
    }

    private static string Text(Vector column, int row)
    {
        if (column.IsNull(row)) throw KqlException.NotSupportedValue("The local stand-in does not know how narrow() writes null. Put another value in its place: coalesce().");
        return column.GetValue(row) switch
        {
            bool flag => flag ? "True" : "False",
            string text => text,
            int or long => string.Create(CultureInfo.InvariantCulture, $"{column.GetValue(row)}"),
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
            TimeSpan span => KustoFormat.Duration(span.Ticks),
            var other => other!.ToString()!,
        };
    }
}
