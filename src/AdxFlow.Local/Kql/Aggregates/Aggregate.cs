using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary>The running state of one aggregate for all groups of one execution of a query.</summary>
internal abstract class Aggregate
{
    /// <summary>Takes in a chunk.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="groups">The group of each row; may be longer than the chunk.</param>
    /// <param name="groupCount">How many groups there are by now.</param>
    public abstract void Add(RowChunk chunk, int[] groups, int groupCount);

    /// <summary>The results, one vector for each output column, one row for each group.</summary>
    public abstract Vector[] Finish(int groupCount);

    /// <summary>Makes room for the groups; new ones are filled by <paramref name="initial"/> where it is given.</summary>
    protected static void Grow<T>(ref T[] state, int groupCount, Func<T>? initial = null)
    {
        int old = state.Length;
        if (old >= groupCount) return;
        Array.Resize(ref state, Math.Max(groupCount, Math.Max(16, old * 2)));
        for (int i = old; initial is not null && i < state.Length; i++)
            state[i] = initial();
    }
}
