using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class StorageTests : IDisposable
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _client;

    public StorageTests() => _client = new LocalClient(_cluster);

    public void Dispose()
    {
        _client.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_blob_is_put_read_and_deleted()
    {
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        string address = await _client.UploadAsync("folder/a%20b.bin", content);
        using HttpResponseMessage got = await _client.SendAsync(HttpMethod.Get, address);
        Assert.Equal(content, await got.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage head = await _client.SendAsync(HttpMethod.Head, address);
        Assert.Equal(content.Length, head.Content.Headers.ContentLength);
        Assert.NotNull(head.Headers.ETag);
        using HttpResponseMessage deleted = await _client.SendAsync(HttpMethod.Delete, address);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Get, address), HttpStatusCode.NotFound, "BlobNotFound");
    }

    [Fact]
    public async Task Blocks_become_a_blob_in_the_order_of_their_list()
    {
        string address = await _client.BlobAddressAsync("blocks.bin");
        byte[][] parts = [RandomNumberGenerator.GetBytes(1_500_000), RandomNumberGenerator.GetBytes(10), RandomNumberGenerator.GetBytes(700_000)];
        string[] ids = ["QUFBQQ==", "QUFBQg==", "QUFBQw=="];
        foreach (int i in (int[])[2, 0, 1])
        {
            using HttpResponseMessage put = await _client.SendAsync(HttpMethod.Put, $"{address}&comp=block&blockid={Uri.EscapeDataString(ids[i])}", new ByteArrayContent(parts[i]));
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        }

        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Get, address), HttpStatusCode.NotFound, "BlobNotFound");
        await AssertErrorAsync(await CommitAsync(address, [.. ids, "QUFBRA=="]), HttpStatusCode.BadRequest, "InvalidBlockList");
        using HttpResponseMessage committed = await CommitAsync(address, ids);
        Assert.Equal(HttpStatusCode.Created, committed.StatusCode);
        using HttpResponseMessage got = await _client.SendAsync(HttpMethod.Get, address);
        byte[] whole = await got.Content.ReadAsByteArrayAsync();
        Assert.Equal(parts.SelectMany(p => p), whole);
    }

    [Fact]
    public async Task A_signature_that_is_wrong_or_missing_gets_403_in_XML()
    {
        string address = await _client.BlobAddressAsync("x");
        string unsigned = address[..address.IndexOf('?', StringComparison.Ordinal)];
        await AssertErrorAsync(await _client.PutBlobAsync(unsigned, [1]), HttpStatusCode.Forbidden, "AuthenticationFailed");
        await AssertErrorAsync(await _client.PutBlobAsync(address + "x", [1]), HttpStatusCode.Forbidden, "AuthenticationFailed");
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Get, unsigned), HttpStatusCode.Forbidden, "AuthenticationFailed");
    }

    [Fact]
    public async Task What_is_asked_wrongly_gets_the_error_of_Azure_Storage()
    {
        string address = await _client.BlobAddressAsync("x");
        await AssertErrorAsync(await _client.PutBlobAsync(address.Replace("ingestdata-0", "elsewhere", StringComparison.Ordinal), [1]), HttpStatusCode.NotFound, "ContainerNotFound");
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Put, address, new ByteArrayContent([1])), HttpStatusCode.BadRequest, "MissingRequiredHeader");
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Put, address + "&comp=block&blockid=%21", new ByteArrayContent([1])), HttpStatusCode.BadRequest, "InvalidQueryParameterValue");
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Put, address + "&comp=blocklist", new StringContent("<BlockList>")), HttpStatusCode.BadRequest, "InvalidXmlDocument");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_taken()
    {
        string address = await _client.BlobAddressAsync("x");
        byte[] content = RandomNumberGenerator.GetBytes(2_500_000);
        using HttpResponseMessage put = await _client.SendAsync(
            HttpMethod.Put, address, new StreamContent(new UnknownLength(content)), ("x-ms-blob-type", "BlockBlob"));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using HttpResponseMessage got = await _client.SendAsync(HttpMethod.Get, address);
        Assert.Equal(content, await got.Content.ReadAsByteArrayAsync());
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(code, response.Headers.GetValues("x-ms-error-code").Single());
            if (response.RequestMessage!.Method != HttpMethod.Head)
                Assert.Equal(code, XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Element("Code")!.Value);
        }
    }

    private Task<HttpResponseMessage> CommitAsync(string address, string[] ids) => _client.SendAsync(
        HttpMethod.Put,
        address + "&comp=blocklist",
        new StringContent($"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>{string.Concat(ids.Select(id => $"<Latest>{id}</Latest>"))}</BlockList>", Encoding.UTF8, "application/xml"));

    private sealed class UnknownLength(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
