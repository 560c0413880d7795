namespace AdxFlow.Local.Tables;

/// <summary>The rows of a table at one time.</summary>
/// <param name="Chunks">The rows.</param>
/// <param name="Extents">The extents to which they belong, in the same order: the first rows are of the first.</param>
internal sealed record TableSnapshot(IReadOnlyList<RowChunk> Chunks, ExtentList Extents)
{
    /// <summary>The rows, each of which knows its extent by its number in <see cref="Extents"/>.</summary>
    public IEnumerable<RowChunk> Number()
    {
        int extent = 0;
        long left = Extents.Count > 0 ? Extents[0].RowCount : 0;
        foreach (RowChunk chunk in Chunks)
        {
            var numbers = new int[chunk.Count];
            for (int row = 0; row < numbers.Length;)
            {
                int run = (int)Math.Min(left, numbers.Length - row);
                numbers.AsSpan(row, run).Fill(extent);
                row += run;
                left -= run;
                while (left == 0 && extent + 1 < Extents.Count)
                    left = Extents[++extent].RowCount;
            }

            yield return chunk.Number(numbers);
        }
    }
}
