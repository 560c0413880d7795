using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>count</c>: one row with the number of rows.</summary>
internal sealed class CountOperator : TabularOperator
{
    private readonly TabularOperator _input;

    public CountOperator(TabularOperator input, string name)
        : base([new Column(name, KustoType.Long)]) => _input = input;

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        long count = 0;
        foreach (RowChunk chunk in _input.Run(cancel))
            count += chunk.Count;
        yield return new RowChunk([new Vector<long>(KustoType.Long, [count], 1, null)], 1);
    }
}
