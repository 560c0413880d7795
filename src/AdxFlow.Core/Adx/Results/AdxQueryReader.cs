using System.Text;
using System.Text.Json;
using AdxFlow.Http;
using Azure.Core;

namespace AdxFlow.Adx;

/// <summary>
/// The result of a query while it arrives, in bounded memory: tables one after the other, each block by block.
/// A failure that the service reports inside of its answer is thrown after the rows that came before it.
/// Disposing it breaks off the answer, and has the service cancel the query if it is still at it. One caller at a time.
/// </summary>
public sealed class AdxQueryReader : IAsyncDisposable
{
    private readonly HttpMessage _message;
    private readonly JsonPullReader _source;
    private readonly QueryFrameReader _frames;
    private readonly ErrorContext _context;
    private readonly QueryCancellation _cancellation;
    private readonly Uri _address;
    private readonly int _maxRowBytes;
    private QueryTable? _table;
    private List<object?[]> _rows = [];
    private bool _anyRows;
    private bool _told;
    private bool _disposed;

    internal AdxQueryReader(HttpMessage message, AdxRequestOptions? options, ErrorContext context, QueryCancellation cancellation)
    {
        _message = message;
        _maxRowBytes = options?.MaxRowBytes ?? AdxRequestOptions.DefaultMaxRowBytes;
        _source = new JsonPullReader(message.Response.ContentStream ?? Stream.Null, _maxRowBytes);
        _frames = new QueryFrameReader(_source, RowForm.Of(options));
        _address = message.Request.Uri.ToUri();
        _context = context;
        _cancellation = cancellation;
    }

    /// <summary>The columns of the table one is at; empty before the first.</summary>
    public IReadOnlyList<AdxResultColumn> Columns => _table?.Columns ?? [];

    /// <summary>The name of the table one is at, such as <c>PrimaryResult</c>; empty before the first.</summary>
    public string TableName => _table?.Name ?? string.Empty;

    /// <summary>
    /// The rows in hand, each with a value for every column: bool, int, long, double, decimal (text where .NET's is too narrow),
    /// DateTime in UTC, TimeSpan, Guid, string, and for dynamic a Dictionary, an array, a string, long, double or bool, or its JSON text
    /// with <see cref="AdxRequestOptions.DynamicAsJson"/>; null where there is none.
    /// The list is used again by the next <see cref="ReadBlockAsync"/>; the rows in it are not.
    /// </summary>
    public IReadOnlyList<object?[]> Rows => _rows;

    /// <summary>The id under which the service knows the query; <c>.cancel query</c> takes it.</summary>
    public string ClientRequestId => _context.ClientRequestId ?? string.Empty;

    /// <summary>
    /// What the service warns of, in its own words, such as a table that <c>union isfuzzy=true</c> did not find. All of it is here
    /// once <see cref="NextTableAsync"/> has returned false; empty as a rule.
    /// </summary>
    public IReadOnlyList<string> Warnings => _frames.Warnings;

    /// <summary>Goes to the next table of the result, past what was not read of the present one.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>False where there is no further one.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxQueryFailed</c>, or <c>AdxQueryPartial</c> after rows: the service reports a failure.
    /// <c>AdxInvalidResult</c>: the answer cannot be understood. <c>AdxConnectionFailed</c>, <c>AdxTimeout</c>: it stopped coming.
    /// </exception>
    public async ValueTask<bool> NextTableAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        // What nobody wants to see is read all the same: the next table is behind it.
        bool unread = _table is not null;
        while (unread)
            unread = await ReadBlockAsync(cancellationToken);

        _table = null;
        _rows.Clear();
        while (true)
        {
            if (_frames.TryTakeTable(out QueryTable? next))
            {
                _table = next;
                return true;
            }

            if (_frames.IsEnded)
            {
                End();
                return false;
            }

            await StepAsync(cancellationToken);
        }
    }

    /// <summary>Reads the next rows of the table one is at into <see cref="Rows"/>: those that have arrived, at least one, some thousands at most.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>False where the table has no further row.</returns>
    /// <exception cref="AdxException">As for <see cref="NextTableAsync"/>.</exception>
    public async ValueTask<bool> ReadBlockAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        QueryTable table = _table ?? throw new InvalidOperationException("There is no table to read; call NextTableAsync first.");
        while (true)
        {
            bool final = table.IsComplete || _frames.IsEnded;
            if (table.Pending.Count > 0 && (final || !_frames.IsProgressive))
            {
                _rows = table.Take(_rows);
                _anyRows = true;
                return true;
            }

            if (final)
            {
                _rows.Clear();
                if (table.Error is { } error && !_told)
                    throw Told(error);
                return false;
            }

            await StepAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Breaks off the answer, if it has not ended, and frees its memory. The service is then told to cancel the query; nobody waits for that.
    /// </summary>
    /// <returns>When that is done.</returns>
    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (!_frames.IsEnded && !_source.Ended)
                _cancellation.Send();
            _message.Dispose();
            _source.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void End()
    {
        if (_told)
            return;
        if (_frames.IsCancelled)
            throw Cancelled();
        if (_frames.Error is { } error)
            throw Told(error);
        if (_frames.HasErrors)
            throw Told(new Dictionary<string, object?> { ["message"] = "The service reports that the query failed, but not why." });
        if (!_frames.IsCompleted)
            throw Incomplete(null);
    }

    private AdxException Told(object error)
    {
        _told = true;
        JsonElement json = error is JsonElement element ? element : JsonValues.ToElement(error);
        return ServiceErrors.FromOneApi(json, _context, _anyRows);
    }

    private AdxException Cancelled()
    {
        _told = true;
        string reason = _frames.Error is { } error ? " " + ServiceErrors.FromOneApi(JsonValues.ToElement(error), _context, afterRows: false).Message : string.Empty;
        return new AdxException("AdxQueryCancelled", AdxErrorKind.Cancelled, (_anyRows ? "The result is incomplete: the" : "The") + " query was cancelled in the service." + reason)
        {
            ClientRequestId = ClientRequestId,
            RecommendedAction = "Run the query again, or ask who cancelled it: .show queries tells of both.",
        };
    }

    private AdxException Incomplete(Exception? cause)
    {
        _told = true;
        return new AdxException(_anyRows ? "AdxQueryPartial" : "AdxConnectionFailed", AdxErrorKind.ConnectionFailed, $"The answer of '{_address.Host}' broke off: the result is incomplete.", cause)
        {
            ClientRequestId = ClientRequestId,
            RecommendedAction = "Run the query again.",
        };
    }

    private async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _frames.StepAsync(cancellationToken);
        }
        catch (JsonException unreadable)
        {
            throw _source.Ended ? Incomplete(unreadable) : Unreadable(unreadable);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw Incomplete(broken);
        }
        catch (OutOfMemoryException exhausted)
        {
            throw ResultErrors.TooLarge(_maxRowBytes, exhausted);
        }
        catch (Exception failure) when (ServiceErrors.From(failure, _address, _context, cancellationToken) is { } error && error != failure)
        {
            throw error;
        }
    }

    private AdxException Unreadable(JsonException cause)
    {
        string start = Encoding.UTF8.GetString(_source.InHand[..Math.Min(200, _source.InHand.Length)]).Trim();
        bool markup = start.StartsWith('<');
        return new AdxException("AdxInvalidResult", AdxErrorKind.InvalidResult, markup
            ? $"'{_address.Host}' answered with a web page, not with a result."
            : $"The answer of '{_address.Host}' cannot be understood: {cause.Message}", cause)
        {
            ClientRequestId = ClientRequestId,
            RecommendedAction = markup ? "Check the cluster's address, and that no proxy or sign-in page stands between." : null,
        };
    }
}
