using System.Buffers;

namespace AdxFlow.Ingestion.Rows;

/// <summary>The bytes of a block of rows, with the end of each row, so that a batch can be sealed behind any of them.</summary>
internal sealed class EncodedBlock : IDisposable
{
    private int[] _ends = ArrayPool<int>.Shared.Rent(RowBlock.Capacity);

    public EncodedBlock(int bytes, long firstRow, long since)
    {
        Buffer = new Utf8Buffer(bytes);
        FirstRow = firstRow;
        Since = since;
    }

    /// <summary>The number of the first row, rejected ones counted, from 1 over the whole ingestion.</summary>
    public long FirstRow { get; }

    /// <summary>When the first row came, in <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; }

    public Utf8Buffer Buffer { get; }

    public int Rows { get; private set; }

    public List<RejectedRow>? Rejected { get; private set; }

    public void EndRow() => _ends[Rows++] = Buffer.Length;

    public void Reject(int start, RejectedRow row)
    {
        Buffer.Length = start;
        (Rejected ??= []).Add(row);
    }

    /// <summary>The bytes of the rows from <paramref name="first"/> up to, and without, <paramref name="end"/>.</summary>
    public ReadOnlyMemory<byte> Slice(int first, int end) => Buffer.Memory[Start(first)..Start(end)];

    /// <summary>
    /// Input rows taken, from the first of the ingestion, once <paramref name="end"/> rows of this block are: the rejected ones
    /// before and right behind them count.
    /// </summary>
    public long PositionAfter(int end)
    {
        long position = FirstRow - 1 + end;
        foreach (RejectedRow row in Rejected ?? [])
        {
            if (row.Row > position + 1)
                break;
            position++;
        }
        return position;
    }

    /// <summary>How many rows from <paramref name="first"/> on fit into so many rows and bytes.</summary>
    public int CountThatFit(int first, long rows, long bytes)
    {
        int most = (int)Math.Min(Rows - first, rows);
        long limit = Start(first) + bytes;
        if (most == 0 || _ends[first + most - 1] <= limit)
            return most;
        int found = Array.BinarySearch(_ends, first, most, (int)Math.Min(limit, int.MaxValue));
        return (found < 0 ? ~found : found + 1) - first;
    }

    public void Dispose()
    {
        Buffer.Dispose();
        if (_ends.Length > 0)
            ArrayPool<int>.Shared.Return(_ends);
        _ends = [];
    }

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];
}
