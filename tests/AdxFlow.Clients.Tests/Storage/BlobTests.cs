using System.Security.Cryptography;
using AdxFlow.Http;
using AdxFlow.Ingestion.Storage;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>Uploads to a storage service that this project did not write.</summary>
public sealed class BlobTests(AzuriteServer azurite)
{
    private const string Name = "adxflow__0123.csv.gz";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BlockBuffers.Size - 1)]
    public async Task A_small_blob_is_put_whole(int length)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        byte[] content = RandomNumberGenerator.GetBytes(length);
        await UploadAsync(content, lent.Container());
        Assert.Equal(content, await lent.Storage.ReadBlobAsync(lent.Containers[0], Name));
        Assert.Empty(await lent.Storage.ReadBlocksAsync(lent.Containers[0], Name));
    }

    [Theory]
    [InlineData(BlockBuffers.Size, 0)]
    [InlineData(2 * BlockBuffers.Size, 5)]
    public async Task A_large_blob_is_made_of_blocks_in_their_order(int whole, int rest)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        byte[] content = RandomNumberGenerator.GetBytes(whole + rest);
        await UploadAsync(content, lent.Container());
        Assert.Equal(content, await lent.Storage.ReadBlobAsync(lent.Containers[0], Name));
        long[] blocks = [.. Enumerable.Repeat((long)BlockBuffers.Size, whole / BlockBuffers.Size), .. rest == 0 ? Array.Empty<long>() : [rest]];
        Assert.Equal(blocks, await lent.Storage.ReadBlocksAsync(lent.Containers[0], Name));
    }

    [Fact]
    public async Task Nothing_is_to_be_seen_before_the_blob_is_whole_nor_after_it_was_taken_back()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        using var buffers = new BlockBuffers(3);
        using ContainerPool pool = Pool([lent.Container()], null);
        await using BlobUpload upload = Open(pool, buffers);
        await upload.WriteAsync(RandomNumberGenerator.GetBytes(BlockBuffers.Size + 1), Stop);
        Assert.Empty(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
        await upload.CommitAsync();
        Assert.Equal([Name], await lent.Storage.ListBlobsAsync(lent.Containers[0]));
        await upload.AbandonAsync();
        Assert.Empty(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(BlockBuffers.Size + 10)]
    public async Task A_signature_that_has_run_out_is_renewed(int length)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        byte[] content = RandomNumberGenerator.GetBytes(length);
        await UploadAsync(content, lent.Container(life: LentStorage.Expired), lent.Container());
        Assert.Equal(content, await lent.Storage.ReadBlobAsync(lent.Containers[0], Name));
    }

    [Theory]
    [InlineData("rwdl", -1)]
    [InlineData("rl", 24)]
    [InlineData("none", 24)]
    public async Task Without_the_right_to_write_it_is_refused_and_the_signature_does_not_print(string rights, int hours)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        string container = lent.Container(rights: rights == "none" ? "r" : rights, life: TimeSpan.FromHours(hours));
        if (rights == "none")
            container = container.Replace("sp=r", "sp=rw", StringComparison.Ordinal);
        AdxException refusal = await Assert.ThrowsAsync<AdxException>(() => UploadAsync([1], container));
        Assert.Equal(("AdxUploadRefused", 403, true), (refusal.ErrorId, refusal.StatusCode, refusal.IsPermanent));
        Assert.DoesNotContain("sig=", refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
    }

    [Fact]
    public async Task A_container_that_has_vanished_is_left_for_another()
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite, containers: 2);
        await lent.Storage.DeleteContainerAsync(lent.Containers[0]);
        using var buffers = new BlockBuffers(3);
        using ContainerPool pool = Pool([lent.Container(0), lent.Container(1)], null);
        // Containers take turns, so that one of two blobs begins with the one that is gone.
        foreach (string name in new[] { "a", "b" })
        {
            await using var upload = new BlobUpload(Client(), pool, name, buffers, Stop);
            await upload.WriteAsync(new byte[] { 1 }, Stop);
            await upload.CommitAsync();
        }
        Assert.Equal(["a", "b"], await lent.Storage.ListBlobsAsync(lent.Containers[1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(BlockBuffers.Size + 1)]
    public async Task Where_no_other_container_is_left_it_is_told(int length)
    {
        LentStorage lent = await LentStorage.CreateAsync(azurite);
        await lent.Storage.DeleteContainerAsync(lent.Containers[0]);
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => UploadAsync(new byte[length], lent.Container()));
        Assert.Equal((404, "ContainerNotFound"), (failure.StatusCode, failure.ServiceCode));
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task UploadAsync(byte[] content, string container, string? renewed = null)
    {
        using var buffers = new BlockBuffers(3);
        using ContainerPool pool = Pool([container], renewed);
        await using BlobUpload upload = Open(pool, buffers);
        await upload.WriteAsync(content, Stop);
        await upload.CommitAsync();
        Assert.Equal(content.Length, upload.Sent);
    }

    private static BlobUpload Open(ContainerPool pool, BlockBuffers buffers) => new(Client(), pool, Name, buffers, Stop);

    private static BlobClient Client() => new(ServicePipelines.Create(ClassicCluster.Settings).Storage, new TransientRetry(TimeSpan.Zero));

    private static ContainerPool Pool(string[] containers, string? renewed) =>
        new(_ => Task.FromResult(Configuration(renewed is null ? containers : [renewed])), Configuration(containers), new AccountRanking(TimeProvider.System));

    private static IngestionConfiguration Configuration(params string[] containers) => new()
    {
        Containers = [.. containers.Select(static path => new StorageContainer(path))],
        MaxBlobsPerRequest = 1,
        MaxDataSize = long.MaxValue,
        Life = TimeSpan.FromHours(1),
    };
}
