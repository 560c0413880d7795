using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>mv-apply</c>: a subquery for the elements of each record, and its rows with the columns of the record.</summary>
internal sealed class MvApplyOperator : TabularOperator
{
    // Records whose results wait to be joined to a chunk.
    private const int MaxRecords = 4096;

    private readonly TabularOperator _input;
    private readonly ReplaySource _record;
    private readonly TabularOperator _elements;
    private readonly TabularOperator _result;
    private readonly IReadOnlyList<(bool OfResult, int Ordinal)> _columns;

    /// <param name="input">The records.</param>
    /// <param name="schema">The columns of the result.</param>
    /// <param name="record">Where the record goes.</param>
    /// <param name="elements">Its elements.</param>
    /// <param name="result">The subquery.</param>
    /// <param name="columns">Where each column of the result comes from: from the subquery, or from the record.</param>
    public MvApplyOperator(
        TabularOperator input, IReadOnlyList<Column> schema, ReplaySource record, TabularOperator elements, TabularOperator result, IReadOnlyList<(bool OfResult, int Ordinal)> columns)
        : base(schema)
    {
        _input = input;
        _record = record;
        _elements = elements;
        _result = result;
        _columns = columns;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        EnsureStack();
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            var results = new List<RowChunk>();
            var records = new List<int>();
            for (int row = 0; row < chunk.Count; row++)
            {
                cancel.ThrowIfCancellationRequested();
                RunOne(chunk, row, results, records, cancel);
                if (results.Count < MaxRecords && records.Count < RowChunk.MaxRows) continue;
                yield return Join(chunk, results, records);
                results.Clear();
                records.Clear();
            }

            if (results.Count > 0) yield return Join(chunk, results, records);
        }
    }

    private void RunOne(RowChunk chunk, int row, List<RowChunk> results, List<int> records, CancellationToken cancel)
    {
        _record.Begin(chunk.Select([row]));
        int before = records.Count;
        foreach (RowChunk part in _result.Run(cancel))
        {
            if (part.Count == 0) continue;
            results.Add(part);
            records.AddRange(Enumerable.Repeat(row, part.Count));
        }

        // A summarize has a row for no elements.
        if (records.Count > before && !_elements.Run(cancel).Any(c => c.Count > 0))
            throw KqlException.NotSupportedValue("A record of mv-apply has no elements, and its subquery a result all the same. (Whether the service has it is not documented.) Filter the records first: array_length(…) > 0.");
    }

    private RowChunk Join(RowChunk chunk, List<RowChunk> results, List<int> records)
    {
        RowChunk source = chunk.Select([.. records]);
        var columns = new Vector[Schema.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            (bool ofResult, int ordinal) = _columns[i];
            columns[i] = ofResult ? Concatenation.Of([.. results.Select(r => r[ordinal])]) : source[ordinal];
        }

        return new RowChunk(columns, records.Count);
    }
}
