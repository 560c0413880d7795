using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>mv-expand</c>: a row for each element. Several arrays go side by side, the shorter ones filled up with null.</summary>
internal sealed class MvExpandOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly IReadOnlyList<MvExpansion> _expansions;
    private readonly bool _bagsAsPairs;
    private readonly bool _withIndex;
    private readonly long _limit;

    public MvExpandOperator(TabularOperator input, IReadOnlyList<Column> schema, IReadOnlyList<MvExpansion> expansions, bool bagsAsPairs, bool withIndex, long limit)
        : base(schema)
    {
        _input = input;
        _expansions = expansions;
        _bagsAsPairs = bagsAsPairs;
        _withIndex = withIndex;
        _limit = limit;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            Vector[] arrays = [.. _expansions.Select(e => e.Array.Evaluate(chunk))];
            var batch = new Batch(this);
            for (int row = 0; row < chunk.Count; row++)
            {
                IReadOnlyList<DynamicValue?>[] elements = Array.ConvertAll(arrays, a => Elements(a, row));
                long count = Math.Min(_limit, elements.Max(e => e.Count));
                for (int i = 0; i < count; i++)
                {
                    batch.Add(row, elements, i);
                    if (batch.Count < RowChunk.MaxRows) continue;
                    yield return batch.Build(chunk);
                    cancel.ThrowIfCancellationRequested();
                    batch = new Batch(this);
                }
            }

            if (batch.Count > 0) yield return batch.Build(chunk);
        }
    }

    // What is no container is its only element.
    private IReadOnlyList<DynamicValue?> Elements(Vector array, int row)
    {
        if (array.IsNull(row)) return [null];
        DynamicValue value = array.Values<DynamicValue>()[row].Parse();
        if (value.AsArray() is { } items) return items;
        if (value.AsObject() is not { } bag) return [value];
        return _bagsAsPairs
            ? [.. bag.Select(p => DynamicValue.Of([DynamicValue.Of(p.Key), p.Value]))]
            : [.. bag.Select(p => DynamicValue.Of(new Dictionary<string, DynamicValue>(StringComparer.Ordinal) { [p.Key] = p.Value }))];
    }

    private sealed class Batch
    {
        private readonly MvExpandOperator _owner;
        private readonly ColumnBuilder[] _elements;
        private readonly List<int> _rows = [];
        private readonly List<long> _indexes = [];

        public Batch(MvExpandOperator owner)
        {
            _owner = owner;
            _elements = [.. owner._expansions.Select(e => ColumnBuilder.Create(e.Type))];
        }

        public int Count => _rows.Count;

        public void Add(int row, IReadOnlyList<DynamicValue?>[] elements, int index)
        {
            _rows.Add(row);
            _indexes.Add(index);
            for (int i = 0; i < elements.Length; i++)
                ElementCast.Append(_elements[i], index < elements[i].Count ? elements[i][index] : null);
        }

        public RowChunk Build(RowChunk source)
        {
            RowChunk rows = source.Select([.. _rows]);
            var columns = new Vector[_owner.Schema.Count];
            for (int i = 0; i < _elements.Length; i++)
                columns[_owner._expansions[i].Ordinal] = _elements[i].Build();
            if (_owner._withIndex) columns[^1] = new Vector<long>(KustoType.Long, [.. _indexes], Count, null);
            for (int i = 0; i < source.Width; i++)
                columns[i] ??= rows[i];
            return new RowChunk(columns, Count);
        }
    }
}
