using System.Net;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>Blobs and blocks that take the place of others, and what is left on the disk.</summary>
public sealed class StorageFileTests : IDisposable
{
    private readonly LocalFolder _folder = new();
    private readonly LocalCluster _cluster;
    private readonly LocalClient _client;

    public StorageFileTests()
    {
        _cluster = _folder.Start();
        _client = new LocalClient(_cluster);
    }

    public void Dispose()
    {
        _client.Dispose();
        _cluster.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_blobs_and_blocks_that_others_took_the_place_of_no_file_is_left()
    {
        string blob = await _client.UploadAsync("a.csv", "1"u8.ToArray());
        await _client.UploadAsync("a.csv", "2"u8.ToArray());
        Assert.Equal(["2"], Blobs());
        foreach (string block in (string[])["QQ==", "Qg==", "QQ=="])
            await PutAsync(blob + "&comp=block&blockid=" + block, "block " + block);
        Assert.Equal(["2", "block QQ==", "block Qg=="], Blobs());
        await PutAsync(blob + "&comp=blocklist", "<BlockList><Latest>QQ==</Latest></BlockList>");
        Assert.Equal(["block QQ=="], Blobs());
        await PutAsync(blob + "&comp=block&blockid=Qw==", "block Qw==");
        await PutAsync(blob + "&comp=blocklist", "<BlockList><Latest>QQ==</Latest><Latest>Qw==</Latest></BlockList>");
        Assert.Equal(["block QQ==", "block Qw=="], Blobs());
        using HttpResponseMessage deleted = await _client.SendAsync(HttpMethod.Delete, blob);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Empty(Blobs());
    }

    private async Task PutAsync(string address, string content)
    {
        using HttpResponseMessage put = await _client.SendAsync(HttpMethod.Put, address, new StringContent(content));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    /// <summary>What the files of blobs and blocks hold; an answer leaves once those that went are gone.</summary>
    private string[] Blobs() =>
        [.. Directory.GetFiles(Path.Combine(_folder.Path, "blobs")).Select(File.ReadAllText).Order(StringComparer.Ordinal)];
}
