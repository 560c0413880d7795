using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdxFlow.Bench;

/// <summary>
/// A cluster that answers every query with the same rows, written before the clock starts: what a client is measured against when
/// the server is to cost nothing. Its query is the number of rows.
/// </summary>
public sealed class CannedAnswer : IDisposable
{
    private const int FragmentRows = 10_000;

    private const string Head = """[{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0","IsFragmented":true,"ErrorReportingPlacement":"end_of_table"},{"FrameType":"TableHeader","TableId":1,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":[{"ColumnName":"Id","ColumnType":"long"},{"ColumnName":"Time","ColumnType":"datetime"},{"ColumnName":"Computer","ColumnType":"string"},{"ColumnName":"Value","ColumnType":"real"},{"ColumnName":"Ok","ColumnType":"bool"},{"ColumnName":"Message","ColumnType":"string"}]}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _fragment = Fragment();

    public CannedAnswer()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public Uri ClusterUri => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private static byte[] Fragment()
    {
        var begin = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        IEnumerable<string> rows = Enumerable.Range(0, FragmentRows).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"[{i},\"{begin.AddSeconds(i):yyyy-MM-ddTHH:mm:ssZ}\",\"host-{i % 500}\",{i / 7.0:R},{(i % 3 == 0 ? "false" : "true")},\"event {i} of the run\"]"));
        return Encoding.UTF8.GetBytes($$""",{"FrameType":"TableFragment","TableFragmentType":"DataAppend","TableId":1,"Rows":[{{string.Join(',', rows)}}]}""");
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        NetworkStream stream = connection.GetStream();
        string request = await ReadAsync(stream);
        if (request.StartsWith("GET", StringComparison.Ordinal))
        {
            await WriteAsync(stream, """{"AzureAD":null}""");
        }
        else if (request.Contains("/v1/rest/mgmt", StringComparison.Ordinal))
        {
            await WriteAsync(stream, """{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"BuildVersion","DataType":"String"}],"Rows":[["1.0"]]}]}""");
        }
        else
        {
            string text = request[(request.IndexOf("\"csl\":\"", StringComparison.Ordinal) + 7)..];
            long rows = long.Parse(text[..text.IndexOf('"', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            await stream.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n" + Head), _stop.Token);
            for (long sent = 0; sent < rows; sent += FragmentRows)
                await stream.WriteAsync(_fragment, _stop.Token);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($$""",{"FrameType":"TableCompletion","TableId":1,"RowCount":{{rows}}},{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}]"""), _stop.Token);
        }
    }

    private static Task WriteAsync(NetworkStream stream, string body) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}")).AsTask();

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        int held = 0;
        while (true)
        {
            held += await stream.ReadAsync(buffer.AsMemory(held));
            string text = Encoding.UTF8.GetString(buffer, 0, held);
            int body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            int length = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) + 16;
            if (body >= 4 && (length < 16 || text.Length - body >= int.Parse(text[length..text.IndexOf('\r', length)], CultureInfo.InvariantCulture)))
                return text;
        }
    }
}
