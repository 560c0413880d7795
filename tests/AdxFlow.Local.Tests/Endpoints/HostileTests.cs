using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Fuzz;
using AdxFlow.Local.Tests.Persistence;

namespace AdxFlow.Local.Tests.Endpoints;

/// <summary>Bytes that are no HTTP, bodies that are no text, and data that is meant to fill the memory: it goes on.</summary>
public sealed class HostileTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;
    private readonly Random _random = new(FuzzSettings.Seed);
    private readonly ByteMutator _bytes;

    public HostileTests()
    {
        _admin = new LocalClient(_cluster);
        _bytes = new ByteMutator(_random);
    }

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long, b:string)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Spoilt_HTTP_on_a_bare_socket()
    {
        byte[] request = Encoding.ASCII.GetBytes(
            "POST /v1/rest/mgmt HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 21\r\nExpect: 100-continue\r\n\r\n{\"csl\":\".show tables\"}\r\n"
            + "GET /v1/rest/auth/metadata HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n");
        for (int i = FuzzSettings.Rounds(300); i > 0; i--)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, _cluster.Port, TestContext.Current.CancellationToken);
            socket.LingerState = new LingerOption(true, 0);
            byte[] spoilt = _bytes.Next(request);
            try
            {
                await socket.GetStream().WriteAsync(spoilt.AsMemory(0, _random.Next(spoilt.Length + 1)), TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // It has heard enough.
            }
        }

        await AssertAliveAsync();
    }

    [Fact]
    public async Task Spoilt_bodies_of_queries_and_commands()
    {
        byte[][] bodies =
        [
            "{\"db\":\"NetDefaultDB\",\"csl\":\"T | where b has 'x\\u00e9' and a > 0x10 | summarize count(), make_list(b) by bin(a, 10) | top 3 by a\",\"properties\":{\"Options\":{\"servertimeout\":\"00:01:00\"}}}"u8.ToArray(),
            "{\"db\":\"NetDefaultDB\",\"csl\":\".create tables A (x:long), B (['y z']:dynamic) with (folder='f')\"}"u8.ToArray(),
            "{\"db\":\"NetDefaultDB\",\"csl\":\".ingest inline into table T [1,\\\"a]b\\\"] [2,c]\"}"u8.ToArray(),
        ];
        for (int i = FuzzSettings.Rounds(600); i > 0; i--)
        {
            string address = (i % 3) switch { 0 => "v2/rest/query", 1 => "v1/rest/query", _ => "v1/rest/mgmt" };
            using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Post, address, new ByteArrayContent(_bytes.Next(bodies[_random.Next(bodies.Length)])));
            string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} {body}");
        }

        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("bomb.csv.gz")]
    [InlineData("bomb.zip")]
    public async Task A_record_that_never_ends_is_refused_however_small_it_is_compressed(string name)
    {
        JsonElement blob = await _admin.IngestAsync("T", Bomb(name, new byte[1024 * 1024], 200), new { format = "csv", enableTracking = true }, name);
        Assert.Equal("Stream_InputStreamTooLarge", blob.GetProperty("errorCode").GetString());
        await AssertAliveAsync();
    }

    [Fact]
    public async Task Rows_for_which_there_is_no_memory_are_refused_and_others_are_taken()
    {
        // Two bytes a row, and eight of memory for each column.
        using LocalProgram program = await LocalProgram.StartAsync([], ("DOTNET_GCHeapHardLimit", "0x8000000"));
        string columns = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"c{i}:long"));
        await program.Client.RunAsync($".create table Wide ({columns})");
        byte[] rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1\n", 50_000)));
        JsonElement blob = await program.Client.IngestAsync("Wide", Bomb("rows.csv.gz", rows, 40), new { format = "csv", enableTracking = true }, "rows.csv.gz");
        Assert.Equal("OutOfMemory", blob.GetProperty("errorCode").GetString());
        Assert.Equal("Transient", blob.GetProperty("failureStatus").GetString());
        await program.Client.RunAsync(".ingest inline into table Wide <| 1,2,3");
        Assert.Equal(1, (await program.Client.QueryAsync("Wide | count"))[0]["Count"].GetInt64());
    }

    [Theory]
    [InlineData("x.csv.gz", "BadRequest_InvalidBlob")]
    [InlineData("x.zip", "BadRequest_InvalidArchive")]
    public async Task A_blob_that_is_not_what_its_name_says_is_refused(string name, string code)
    {
        JsonElement blob = await _admin.IngestAsync("T", "1,x\n"u8.ToArray(), new { format = "csv", enableTracking = true }, name);
        Assert.Equal(code, blob.GetProperty("errorCode").GetString());
        Assert.Empty(await _admin.QueryAsync("T"));
    }

    [Fact]
    public async Task A_blob_of_which_less_comes_than_was_announced_is_none()
    {
        var address = new Uri(await _admin.BlobAddressAsync("short.csv"));
        for (int sent = 0; sent < 5; sent++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, _cluster.Port, TestContext.Current.CancellationToken);
            byte[] request = Encoding.ASCII.GetBytes($"PUT {address.PathAndQuery} HTTP/1.1\r\nHost: localhost:{_cluster.Port}\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: 5\r\n\r\n{"1,abc"[..sent]}");
            await socket.GetStream().WriteAsync(request, TestContext.Current.CancellationToken);
            socket.Client.Shutdown(SocketShutdown.Send);
            byte[] answer = new byte[4096];
            while (await ReadAsync(socket, answer) > 0)
            {
                Assert.DoesNotContain(" 201 ", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
            }
        }

        using HttpResponseMessage blob = await _admin.SendAsync(HttpMethod.Head, address.AbsoluteUri);
        Assert.Equal(HttpStatusCode.NotFound, blob.StatusCode);
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public async Task A_size_that_is_a_lie_changes_nothing(long rawSize)
    {
        string url = await _admin.UploadAsync("lie.csv", "1,x\n2,y\n"u8.ToArray());
        using HttpResponseMessage queued = await _admin.PostAsync(
            "v1/rest/ingestion/queued/NetDefaultDB/T", new { blobs = new[] { new { url, rawSize } }, properties = new { format = "csv", enableTracking = true } });
        string body = await queued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await _admin.WaitAsync("T", JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!);
        Assert.Equal(2, (await _admin.QueryAsync("T")).Count);
    }

    private static async Task<int> ReadAsync(TcpClient socket, byte[] buffer)
    {
        try
        {
            return await socket.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has closed the connection.
            return 0;
        }
    }

    private static byte[] Bomb(string name, byte[] piece, int times)
    {
        var buffer = new MemoryStream();
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true);
            using Stream entry = archive.CreateEntry("a.csv", CompressionLevel.Fastest).Open();
            for (int i = 0; i < times; i++)
                entry.Write(piece);
        }
        else
        {
            using var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true);
            for (int i = 0; i < times; i++)
                gzip.Write(piece);
        }

        return buffer.ToArray();
    }

    private async Task AssertAliveAsync()
    {
        using HttpResponseMessage response = await _admin.CommandAsync(".show tables");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", "1,x", new { format = "csv", enableTracking = true })).GetProperty("status").GetString());
    }
}
