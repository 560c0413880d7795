using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Http;

/// <summary>
/// A server on loopback that answers what a test says, byte for byte, and remembers what it was asked.
/// One connection is one request, so that a cut or a pause is exactly where the test puts it.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    public const string NoSignIn = """{"AzureAD":null}""";

    public const string Version = """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"BuildVersion","DataType":"String"},{"ColumnName":"ServiceType","DataType":"String"},{"ColumnName":"ProductVersion","DataType":"String"}],"Rows":[["1.0","Engine","2026.1"]]}]}""";

    private readonly LoopbackListener _listener;
    private readonly Func<ScriptedRequest, ScriptedAnswer> _answer;
    private readonly X509Certificate2? _certificate;

    /// <param name="answer">What to answer to a request.</param>
    /// <param name="certificate">Whom to be over https; null means http.</param>
    public ScriptedServer(Func<ScriptedRequest, ScriptedAnswer> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener = new LoopbackListener(ServeAsync);
        Uri = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{_listener.Port}");
    }

    public Uri Uri { get; }

    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    /// <summary>A server that says who it is and answers everything else as given.</summary>
    public static ScriptedServer Cluster(Func<ScriptedRequest, ScriptedAnswer> answer) => new(request => request switch
    {
        { Path: "/v1/rest/auth/metadata" } => NoSignIn,
        { Path: "/v1/rest/mgmt" } when request.Body.Contains("\"csl\":\".show version\"", StringComparison.Ordinal) => Version,
        _ => answer(request),
    });

    public Task<AdxConnection> ConnectAsync(AdxSignIn? signIn = null, string? database = null) => AdxConnection.OpenAsync(new AdxConnectionOptions
    {
        Cluster = Uri.AbsoluteUri,
        Database = database,
        SignIn = signIn ?? AdxSignIn.Local(),
        Transport = QuickRetries,
    });

    public static TransportSettings QuickRetries { get; } = new() { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(5) };

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using TcpClient connection = client;
        try
        {
            connection.NoDelay = true;
            await using Stream stream = await OpenAsync(connection.GetStream(), stop);
            ScriptedRequest? request = await ReadAsync(stream, stop);
            if (request is null)
                return;

            Requests.Enqueue(request);
            ScriptedAnswer answer = _answer(request);
            if (answer.Status == 0)
            {
                // .NET's own handler repeats a GET by itself as long as not one byte has come back.
                await stream.WriteAsync("HTTP/1.1 "u8.ToArray(), stop);
                return;
            }

            var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {answer.Reason}\r\nConnection: close\r\nContent-Type: {answer.ContentType}\r\n"));
            foreach ((string name, string value) in answer.Headers)
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            if (answer.Write is null)
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);

            if (answer.Write is not null)
            {
                await answer.Write(stream, stop);
                return;
            }

            int end = Math.Min(answer.CutAt ?? int.MaxValue, answer.Body.Length);
            int piece = answer.PieceSize ?? Math.Max(1, end);
            for (int start = 0; start < end; start += piece)
                await stream.WriteAsync(answer.Body.AsMemory(start, Math.Min(piece, end - start)), stop);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or AuthenticationException)
        {
            // The client went away, which some tests want it to.
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream stream, CancellationToken stop)
    {
        if (_certificate is null)
            return stream;

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stop);
        return secure;
    }

    private static async Task<ScriptedRequest?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var bytes = new List<byte>();
        byte[] buffer = new byte[8192];
        int headEnd;
        while ((headEnd = IndexOfHeadEnd(bytes)) < 0)
        {
            int read = await stream.ReadAsync(buffer, stop);
            if (read == 0)
                return null;
            bytes.AddRange(buffer.AsSpan(0, read).ToArray());
        }

        string[] lines = Encoding.ASCII.GetString([.. bytes[..headEnd]]).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        int length = headers.TryGetValue("Content-Length", out string? declared) ? int.Parse(declared, CultureInfo.InvariantCulture) : 0;
        List<byte> body = bytes[(headEnd + 4)..];
        while (body.Count < length)
        {
            int read = await stream.ReadAsync(buffer, stop);
            if (read == 0)
                return null;
            body.AddRange(buffer.AsSpan(0, read).ToArray());
        }

        string[] start = lines[0].Split(' ');
        return new ScriptedRequest(start[0], start[1], headers, Encoding.UTF8.GetString([.. body]));
    }

    private static int IndexOfHeadEnd(List<byte> bytes)
    {
        for (int i = 0; i + 3 < bytes.Count; i++)
        {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n')
                return i;
        }

        return -1;
    }
}
