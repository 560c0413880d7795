using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>One result of a query while it is written: rows with a limit, and the error that cut them short, if any.</summary>
internal sealed class QueryResult : IDisposable
{
    private readonly IEnumerator<RowChunk> _chunks;
    private readonly long _limit;
    private RowChunk? _next;

    private QueryResult(ResultSet result, long limit)
    {
        Columns = result.Columns;
        _chunks = result.Chunks.GetEnumerator();
        _limit = limit;
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The rows given so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Why the rows end before their time; null where they do not.</summary>
    public ServiceException? Error { get; private set; }

    /// <summary>Computes the first rows, so that an error which shows there refuses the whole request.</summary>
    public static QueryResult Begin(ResultSet result, long limit)
    {
        var begun = new QueryResult(result, limit);
        if (begun._chunks.MoveNext()) begun._next = begun._chunks.Current;
        return begun;
    }

    /// <summary>The next rows; null at the end, and where <see cref="Error"/> came up.</summary>
    public RowChunk? Next()
    {
        RowChunk? chunk = _next;
        _next = null;
        if (chunk is null || Error is not null) return null;
        if (Rows + chunk.Count > _limit)
        {
            Error = RowLimit.Exceeded(_limit);
            chunk = chunk.Head((int)(_limit - Rows));
            Rows = _limit;
            return chunk;
        }

        Rows += chunk.Count;
        try
        {
            if (_chunks.MoveNext()) _next = _chunks.Current;
        }
        catch (KqlException e)
        {
            Error = EngineErrors.From(e, "");
        }

        return chunk;
    }

    public void Dispose() => _chunks.Dispose();
}
