using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>count()</c>: the rows of a group.</summary>
internal sealed class CountAggregate : Aggregate
{
    private long[] _counts = [];

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _counts, groupCount);
        if (groupCount == 1)
        {
            _counts[0] += chunk.Count;
            return;
        }

        long[] counts = _counts;
        for (int i = 0; i < chunk.Count; i++)
            counts[groups[i]]++;
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _counts, groupCount);
        return [new Vector<long>(KustoType.Long, _counts, groupCount, null)];
    }
}
