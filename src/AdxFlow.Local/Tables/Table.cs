namespace AdxFlow.Local.Tables;

/// <summary>
/// A table in memory. Any number of readers and writers may use it at once: a reader works on the snapshot it took, a
/// writer's rows become visible together when its appender commits.
/// </summary>
internal sealed class Table
{
    private readonly object _gate = new();
    private volatile State _state;

    public Table(string name, IEnumerable<Column> columns, string folder = "", string docString = "")
    {
        Name = name;
        Folder = folder;
        DocString = docString;
        _state = new State([.. columns], [], ExtentList.Empty, 0, 0);
    }

    public string Name { get; }

    public string Folder { get; set; }

    public string DocString { get; set; }

    /// <summary>True for what was not ingested: its rows are of no extent that anybody could ask for.</summary>
    public bool IsComputed { get; init; }

    /// <summary>The columns; later ones may be added, but none moves, so an ordinal stays good.</summary>
    public IReadOnlyList<Column> Columns => _state.Columns;

    public long RowCount => _state.RowCount;

    /// <summary>Bytes of the ingested data before compression, as the writers told.</summary>
    public long OriginalSize => _state.OriginalSize;

    /// <summary>All committed rows as of now. Each chunk has at least the columns that <see cref="Columns"/> had before the call.</summary>
    public IReadOnlyList<RowChunk> Snapshot() => _state.Chunks;

    /// <summary>The same, with the extents of the rows.</summary>
    public TableSnapshot SnapshotWithExtents()
    {
        State state = _state;
        return new TableSnapshot(state.Chunks, state.Extents);
    }

    /// <summary>The extents as of now, in the order in which they came.</summary>
    public ExtentList Extents => _state.Extents;

    public TableAppender CreateAppender() => new(this, _state.Columns);

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        lock (_gate)
            _state = new State(_state.Columns, [], ExtentList.Empty, 0, 0);
    }

    /// <summary>Removes the rows of some extents.</summary>
    public void Drop(IReadOnlySet<Guid> ids)
    {
        lock (_gate)
        {
            State state = _state;
            var chunks = new List<RowChunk>();
            foreach (RowChunk chunk in new TableSnapshot(state.Chunks, state.Extents).Number())
            {
                int[] extents = chunk.Extents!.Items;
                int[] kept = [.. Enumerable.Range(0, chunk.Count).Where(row => !ids.Contains(state.Extents[extents[row]].Id))];

                // Copied, so that what is dropped takes no memory any more.
                if (kept.Length > 0) chunks.Add(new RowChunk(chunk.Select(kept).Columns, kept.Length));
            }

            ExtentList left = state.Extents.Where(e => !ids.Contains(e.Id)).Aggregate(ExtentList.Empty, (list, extent) => list.Add(extent));
            _state = new State(state.Columns, [.. chunks], left, left.Sum(e => e.RowCount), left.Sum(e => e.OriginalSize));
        }
    }

    /// <summary>Adds the columns the table lacks; existing rows are null in them.</summary>
    /// <exception cref="InvalidOperationException">A column of that name exists with another type. Nothing is changed then.</exception>
    public void MergeColumns(IEnumerable<Column> columns)
    {
        lock (_gate)
        {
            var merged = new List<Column>(_state.Columns);
            foreach (Column column in columns)
            {
                Column? existing = merged.Find(c => c.Name == column.Name);
                if (existing is null)
                    merged.Add(column);
                else if (existing.Type != column.Type)
                    throw new InvalidOperationException($"Column '{column.Name}' of table '{Name}' is of type {KustoTypes.Name(existing.Type)}, not {KustoTypes.Name(column.Type)}.");
            }

            if (merged.Count == _state.Columns.Length) return;
            Column[] widened = [.. merged];
            _state = _state with { Columns = widened, Chunks = Array.ConvertAll(_state.Chunks, c => Widen(c, widened)) };
        }
    }

    /// <summary>Makes the chunks visible, which are all the rows of an extent; one without rows leaves no trace.</summary>
    internal void Publish(IReadOnlyList<RowChunk> chunks, Extent extent)
    {
        lock (_gate)
        {
            State state = _state;
            var all = new List<RowChunk>(state.Chunks);
            long rows = state.RowCount;
            foreach (RowChunk chunk in chunks)
            {
                rows += chunk.Count;
                RowChunk next = Widen(chunk, state.Columns);

                // Merging with what is not much larger keeps many small commits from leaving many small chunks, while
                // each row is copied only a logarithmic number of times.
                while (all.Count > 0 && all[^1].Count <= next.Count * 2 && all[^1].Count + next.Count <= RowChunk.MaxRows && Concatenation.IsWithinBounds(all[^1], next))
                {
                    next = Concatenation.Of(all[^1], next);
                    all.RemoveAt(all.Count - 1);
                }

                all.Add(next);
            }

            ExtentList extents = extent.RowCount > 0 ? state.Extents.Add(extent) : state.Extents;
            _state = new State(state.Columns, [.. all], extents, rows, state.OriginalSize + extent.OriginalSize);
        }
    }

    private static RowChunk Widen(RowChunk chunk, Column[] columns)
    {
        if (chunk.Width == columns.Length) return chunk;
        var vectors = new Vector[columns.Length];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = i < chunk.Width ? chunk[i] : Vector.CreateNull(columns[i].Type, chunk.Count);
        return new RowChunk(vectors, chunk.Count);
    }

    private sealed record State(Column[] Columns, RowChunk[] Chunks, ExtentList Extents, long RowCount, long OriginalSize);
}
