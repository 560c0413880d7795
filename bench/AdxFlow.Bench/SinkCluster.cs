using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Bench;

/// <summary>
/// A cluster that takes every blob, drops its bytes and queues whatever it is asked to: what a sender is measured against when the
/// receiver is to cost next to nothing. It has one table, <c>Bench</c>, with the columns of the rows measured here.
/// </summary>
public sealed class SinkCluster : IDisposable
{
    private const string TableSchema = """{"Name":"Bench","OrderedColumns":[{"Name":"Id","CslType":"long"},{"Name":"Time","CslType":"datetime"},{"Name":"Computer","CslType":"string"},{"Name":"Value","CslType":"real"},{"Name":"Ok","CslType":"bool"},{"Name":"Message","CslType":"string"}]}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private long _bytes;
    private int _operations;

    public SinkCluster()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public Uri ClusterUri => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Bytes of blobs taken so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
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
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            int held = 0;
            while (true)
            {
                int end;
                while ((end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    int count = await stream.ReadAsync(buffer.AsMemory(held), _stop.Token);
                    if (count == 0)
                        return;
                    held += count;
                }
                string head = Encoding.ASCII.GetString(buffer, 0, end);
                int inHand = held - end - 4;
                long length = LengthOf(head);
                bool isBlob = head.StartsWith("PUT", StringComparison.Ordinal);
                using var body = new MemoryStream();
                if (!isBlob)
                    body.Write(buffer, end + 4, inHand);
                long left = length - inHand;
                while (left > 0)
                {
                    int count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), _stop.Token);
                    if (count == 0)
                        return;
                    if (!isBlob)
                        body.Write(buffer, 0, count);
                    left -= count;
                }
                held = 0;
                if (isBlob)
                    Interlocked.Add(ref _bytes, length);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Answer(head, Encoding.UTF8.GetString(body.ToArray()))), _stop.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client has hung up, or the run is over.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long LengthOf(string head)
    {
        int at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) + 16;
        if (at < 16)
            return 0;
        int end = head.IndexOf('\r', at);
        return long.Parse(end < 0 ? head[at..] : head[at..end], CultureInfo.InvariantCulture);
    }

    private string Answer(string head, string body)
    {
        if (head.StartsWith("PUT", StringComparison.Ordinal))
            return "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
        if (head.Contains("/auth/metadata", StringComparison.Ordinal))
            return Json("""{"AzureAD":null}""");
        if (head.Contains("/ingestion/configuration", StringComparison.Ordinal))
            return Json("""{"containerSettings":{"containers":[{"path":""" + JsonSerializer.Serialize(ClusterUri + "storage/c?sig=s") + """}]},"ingestionSettings":{"preferredIngestionMethod":"Rest"}}""");
        if (head.Contains("/ingestion/queued", StringComparison.Ordinal))
            return Json($$"""{"ingestionOperationId":"{{Interlocked.Increment(ref _operations)}}"}""");
        return body.Contains("schema as json", StringComparison.Ordinal)
            ? Json("""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"TableName","DataType":"String"},{"ColumnName":"Schema","DataType":"String"}],"Rows":[["Bench",""" + JsonSerializer.Serialize(TableSchema) + "]]}]}")
            : Json("""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"BuildVersion","DataType":"String"}],"Rows":[["1.0"]]}]}""");
    }

    private static string Json(string text) => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n{text}";
}
