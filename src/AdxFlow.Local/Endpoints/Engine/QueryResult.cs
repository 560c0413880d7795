using AdxFlow.Local.Endpoints.Queries;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>One result while it is written: rows within limits, and the error that cut them short, if any.</summary>
internal sealed class QueryResult : IDisposable
{
    private readonly IEnumerator<RowChunk> _chunks;
    private readonly RunningQuery? _query;
    private readonly long _take;
    private readonly long _maxRecords;
    private readonly long _maxSize;
    private RowChunk? _next;
    private bool _ended;

    private QueryResult(ResultSet result, RunningQuery? query, QueryOptions? options)
    {
        Columns = result.Columns;
        Warnings = result.Warnings;
        _chunks = result.Chunks.GetEnumerator();
        _query = query;
        _take = options?.Take ?? long.MaxValue;
        _maxRecords = options?.MaxRecords ?? long.MaxValue;
        _maxSize = options?.MaxSize ?? long.MaxValue;
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>What the status of the query tells beside success or failure.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Why the rows end before their time; null where they do not.</summary>
    public ServiceException? Error { get; private set; }

    /// <summary>A result without limits: that of a command, or what accompanies a query.</summary>
    public static QueryResult Of(ResultSet result)
    {
        var begun = new QueryResult(result, null, null);
        begun.Advance();
        return begun;
    }

    /// <summary>True once its rows reach the limit of bytes.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Computes the first rows, so that an error which shows there refuses the whole request. Only a command that
    /// cancels the query is told in the answer always, for that is where the documentation has it.</summary>
    /// <exception cref="KqlException">A value makes the query fail.</exception>
    /// <exception cref="ServiceException">The time is over.</exception>
    public static QueryResult Begin(ResultSet result, RunningQuery query, QueryOptions options)
    {
        var begun = new QueryResult(result, query, options);
        try
        {
            begun.Advance();
        }
        catch (OperationCanceledException) when (query.Interruption is not null)
        {
            begun.Error = query.IsCancelled ? query.Interruption : throw query.Interruption!;
        }

        return begun;
    }

    /// <summary>The next rows; null at the end, and where <see cref="Error"/> came up.</summary>
    public RowChunk? Next()
    {
        RowChunk? chunk = TakeNext();
        while (Error is null && !_ended && chunk is not { Count: > 0 })
            chunk = TryAdvance();
        if (Error is not null || chunk is null) return null;
        if (chunk.Count > _take - Rows)
        {
            chunk = chunk.Head((int)(_take - Rows));
            _ended = true;
        }

        if (chunk.Count > _maxRecords - Rows)
        {
            Error = QueryErrors.TooManyRecords(_maxRecords);
            chunk = chunk.Head((int)(_maxRecords - Rows));
        }

        return chunk.Count > 0 ? chunk : null;
    }

    /// <summary>Counts a row that was written; false where the rows are over the limit of bytes, which makes it the last.</summary>
    /// <param name="size">The bytes of all rows so far.</param>
    public bool Count(long size)
    {
        Rows++;
        if (size <= _maxSize) return true;
        IsFull = true;
        Error = QueryErrors.TooManyBytes(_maxSize);
        return false;
    }

    public void Dispose() => _chunks.Dispose();

    private RowChunk? TryAdvance()
    {
        try
        {
            Advance();
        }
        catch (KqlException e)
        {
            Error = EngineErrors.From(e, "");
        }
        catch (OperationCanceledException) when (_query?.Interruption is not null)
        {
            Error = _query.Interruption;
        }

        return TakeNext();
    }

    private RowChunk? TakeNext()
    {
        RowChunk? chunk = _next;
        _next = null;
        return chunk;
    }

    private void Advance()
    {
        if (_chunks.MoveNext())
            _next = _chunks.Current;
        else
            _ended = true;
    }
}
