using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>The values of a column, each where it comes first; it reads no further than it is asked.</summary>
internal sealed class DistinctOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly int _ordinal;

    public DistinctOperator(TabularOperator input, int ordinal)
        : base([input.Schema[ordinal]])
    {
        _input = input;
        _ordinal = ordinal;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        var values = new GroupTable([Schema[0].Type]);
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            Vector column = chunk[_ordinal];
            int before = values.Count;
            int[] numbers = values.Assign([column], chunk.Count);
            var rows = new List<int>();
            for (int row = 0; row < chunk.Count; row++)
            {
                if (numbers[row] == before + rows.Count) rows.Add(row);
            }

            if (rows.Count > 0) yield return new RowChunk([column.Gather([.. rows])], rows.Count);
        }
    }
}
