using System.IO.Compression;
using System.Net;
using System.Text;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Endpoints;

/// <summary>One request and its response. Nothing is sent before <see cref="StartResponseAsync"/>.</summary>
internal sealed class Exchange
{
    private const long MaxDrained = 1024L * 1024 * 1024;

    private readonly HttpListenerContext _context;
    private readonly LocalRequest _log;
    private readonly StateLog _state;
    private Action? _finish;
    private bool _isLost;

    public Exchange(HttpListenerContext context, LocalRequest log, StateLog state)
    {
        _context = context;
        _log = log;
        _state = state;
        string raw = context.Request.RawUrl ?? "/";
        int mark = raw.IndexOf('?', StringComparison.Ordinal);
        Path = mark < 0 ? raw : raw[..mark];
        Segments = Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        RawQuery = mark < 0 ? "" : raw[(mark + 1)..];
        Query = UrlQuery.Parse(RawQuery);
        ClientRequestId = context.Request.Headers["x-ms-client-request-id"] ?? "unspecified;" + ActivityId;
    }

    public string Method => _context.Request.HttpMethod;

    /// <summary>The path as it was sent, without the query string.</summary>
    public string Path { get; }

    /// <summary>The parts of the path between slashes, unescaped.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>The query string as it was sent, without its question mark.</summary>
    public string RawQuery { get; }

    /// <summary>The parameters of the query string, unescaped; names are case-insensitive.</summary>
    public IReadOnlyDictionary<string, string> Query { get; }

    public string ActivityId { get; } = Guid.NewGuid().ToString();

    public string ClientRequestId { get; }

    public Caller Caller { get; private set; } = Caller.Nobody;

    /// <summary>True to carry out the request without letting its answer out.</summary>
    public bool DiscardsResponse { get; set; }

    /// <summary>After how many bytes of its body the answer is cut; null for never.</summary>
    public long? CutAfter { get; set; }

    /// <summary>True once the status line is on its way.</summary>
    public bool HasStarted { get; private set; }

    public string? Header(string name) => _context.Request.Headers[name];

    /// <summary>The length of the body as announced, or -1.</summary>
    public long ContentLength => _context.Request.ContentLength64;

    private Stream Body => ContentLength < 0 ? new WholeBodyStream(_context.Request.InputStream, IsClientGone) : _context.Request.InputStream;

    /// <summary>Establishes who sent the request.</summary>
    /// <exception cref="UnauthorizedException">The Authorization header is not a bearer token that can be read.</exception>
    public void Authenticate()
    {
        Caller = BearerToken.Authenticate(Header("Authorization"));
        _log.Principal = Caller.Fqn;
    }

    /// <summary>Writes down who sent the request, where that is not told by a token of ADX.</summary>
    public void Identify(string principal) => _log.Principal = principal;

    /// <summary>The body, decompressed; reading more than the limit throws a <see cref="ServiceException"/> (413).</summary>
    public Stream OpenBody(long limit)
    {
        if (ContentLength > limit) throw ServiceException.TooLarge(limit);
        Stream body = Body;
        Stream sent = body;
        string encoding = Header("Content-Encoding") ?? "";
        if (encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            body = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
        else if (encoding.Equals("deflate", StringComparison.OrdinalIgnoreCase))
            body = new ZLibStream(body, CompressionMode.Decompress, leaveOpen: true);
        else if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new ServiceException(415, "General_BadRequest", "The content encoding is not supported.", "Kusto.Data.Exceptions.KustoBadRequestException", $"Content-Encoding '{encoding}' is not supported.");
        return new BoundedStream(body, limit, leaveOpen: body == sent);
    }

    /// <summary>The body as it was sent, whatever its Content-Encoding; reading more than the limit throws a
    /// <see cref="ServiceException"/> (413).</summary>
    public Stream OpenRawBody(long limit) =>
        ContentLength > limit ? throw ServiceException.TooLarge(limit) : new BoundedStream(Body, limit, leaveOpen: true);

    /// <summary>The whole body.</summary>
    public async Task<byte[]> ReadBodyAsync(long limit, CancellationToken cancel)
    {
        var buffer = new MemoryStream();
        try
        {
            Stream body = OpenBody(limit);
            await using (body.ConfigureAwait(false))
                await body.CopyToAsync(buffer, cancel);
        }
        catch (InvalidDataException)
        {
            throw ServiceException.BadRequest("The request body could not be decompressed: it is not gzip, or is damaged.");
        }

        return buffer.ToArray();
    }

    /// <summary>Sends the status line and the headers, once all that the answer may tell of is on the disk.</summary>
    /// <returns>The body to write; flushing and closing it is up to the caller.</returns>
    /// <exception cref="InvalidOperationException">The disk does not take it. Only an answer that says so may follow.</exception>
    public async ValueTask<Stream> StartResponseAsync(int status, string? contentType, long? length)
    {
        if (DiscardsResponse) return Stream.Null;
        if (!_isLost)
        {
            _isLost = true;
            await _state.FlushAsync();
            _isLost = false;
        }

        HttpListenerResponse response = _context.Response;
        response.StatusCode = status;
        response.Headers["x-ms-activity-id"] = ActivityId;
        response.Headers["x-ms-client-request-id"] = SafeHeader(ClientRequestId);
        response.Headers["x-adxflow-local"] = LocalCluster.Version;
        if (contentType is not null) response.ContentType = contentType;
        if (length is long known)
            response.ContentLength64 = known;
        else
            response.SendChunked = true;
        _log.Status = status;
        HasStarted = true;
        return CutAfter is { } most ? new CuttingStream(response.OutputStream, most, () => ConnectionReset.Cut(_context)) : response.OutputStream;
    }

    /// <summary>Sends the status line of a result, compressed where the client takes that.</summary>
    /// <returns>The body to write and flush; the end of the request closes it.</returns>
    public async ValueTask<Stream> StartResultAsync()
    {
        bool gzip = (Header("Accept-Encoding") ?? "").Split(',').Any(e => e.Trim().Equals("gzip", StringComparison.OrdinalIgnoreCase));
        if (gzip) SetHeader("Content-Encoding", "gzip");
        Stream body = await StartResponseAsync(200, "application/json", null);
        if (!gzip) return body;
        var compressed = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true);
        _finish = compressed.Dispose;
        return compressed;
    }

    /// <summary>True where the client has closed the connection.</summary>
    public bool IsClientGone() => ConnectionReset.IsClosed(_context);

    /// <summary>Sets a header of the response, which must not have started.</summary>
    public void SetHeader(string name, string value)
    {
        if (!DiscardsResponse) _context.Response.Headers[name] = value;
    }

    public async Task SendAsync(int status, string? contentType, ReadOnlyMemory<byte> body, CancellationToken cancel = default)
    {
        if (status >= 400) await DrainAsync(cancel);
        bool bodiless = Method == "HEAD" || body.Length == 0;
        Stream output = await StartResponseAsync(status, contentType, bodiless ? 0 : body.Length);
        if (!bodiless) await output.WriteAsync(body, cancel);
    }

    public Task SendTextAsync(int status, string text) => SendAsync(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public Task SendJsonAsync(int status, ReadOnlyMemory<byte> json) => SendAsync(status, "application/json; charset=utf-8", json);

    /// <summary>Ends the response.</summary>
    public void Close()
    {
        _finish?.Invoke();
        _context.Response.Close();
    }

    /// <summary>Closes the connection without (the rest of) an answer.</summary>
    public void Abort() => ConnectionReset.Reset(_context);

    /// <summary>Reads what is left of the body: a client that is still sending would not see the answer.</summary>
    private async Task DrainAsync(CancellationToken cancel)
    {
        if (!_context.Request.HasEntityBody) return;
        byte[] buffer = new byte[64 * 1024];
        long left = MaxDrained;
        int read = 1;
        while (left > 0 && read > 0)
        {
            read = await _context.Request.InputStream.ReadAsync(buffer, cancel);
            left -= read;
        }
    }

    private static string SafeHeader(string value) =>
        string.Create(value.Length, value, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = source[i] is >= ' ' and < '\u007f' ? source[i] : '?';
        });
}
