using AdxFlow.Core.Tests.Http;
using AdxFlow.Ingestion.Storage;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion.Storage;

public sealed class BlobUploadTests
{
    private static readonly byte[] Block = new byte[BlockBuffers.Size];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_buffers_are_lent_than_there_are()
    {
        using var buffers = new BlockBuffers(2);
        byte[] first = await buffers.RentAsync(Stop);
        await buffers.RentAsync(Stop);
        Task<byte[]> third = buffers.RentAsync(Stop).AsTask();
        Assert.False(third.IsCompleted);
        buffers.Return(first);
        Assert.Same(first, await third.EndsAsync());
    }

    [Fact]
    public async Task Waiting_for_a_buffer_can_be_cancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var buffers = new BlockBuffers(1);
        await buffers.RentAsync(cancel.Token);
        Task<byte[]> waiting = buffers.RentAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.EndsAsync());
    }

    /// <summary>Storage that does not answer holds the writer back: so many blocks are under way and not one more is in memory.</summary>
    [Fact]
    public async Task A_stalled_upload_holds_the_writer_back()
    {
        var answer = new TaskCompletionSource();
        await using var storage = new ScriptedServer(request => request.Path.Contains("comp=blocklist", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(201, "")
            : new ScriptedAnswer { Status = 201, Write = (_, stop) => answer.Task.WaitAsync(stop) });
        using var buffers = new BlockBuffers(3);
        await using var upload = new BlobUpload(new BlobClient(storage.Connection().Pipelines.Storage, new TransientRetry(TimeSpan.Zero)), Pool(storage.Uri + "c?sig=s"), "b", buffers, Stop);
        Task writing = Task.Run(async () =>
        {
            for (int block = 0; block < 8; block++)
                await upload.WriteAsync(Block, Stop);
            await upload.CommitAsync();
        }, Stop);
        await Eventually.HoldsAsync(() => storage.Requests.Count == 3, "three blocks are under way");
        Assert.False(writing.IsCompleted);
        Assert.Equal(3, storage.Requests.Count);
        answer.SetResult();
        await writing.EndsAsync();
        Assert.Equal(9, storage.Requests.Count);
        Assert.Equal(8L * BlockBuffers.Size, upload.Sent);
        await AssertAllReturnedAsync(buffers, 3);
    }

    [Fact]
    public async Task Blocks_are_listed_in_the_order_of_their_bytes()
    {
        await using var storage = new ScriptedServer(static _ => ScriptedAnswer.Of(201, ""));
        using var buffers = new BlockBuffers(4);
        await using (var upload = new BlobUpload(new BlobClient(storage.Connection().Pipelines.Storage, new TransientRetry(TimeSpan.Zero)), Pool(storage.Uri + "c?sig=s"), "b", buffers, Stop))
        {
            await upload.WriteAsync(new byte[BlockBuffers.Size * 2 + 10], Stop);
            await upload.CommitAsync();
        }
        ScriptedRequest list = Assert.Single(storage.Requests, static request => request.Path.Contains("comp=blocklist", StringComparison.Ordinal));
        string[] ids = [.. list.Body.Split("<Latest>").Skip(1).Select(static part => part[..part.IndexOf('<', StringComparison.Ordinal)])];
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Single(ids.Select(static id => id.Length).Distinct());
        Assert.Equal(ids, ids.OrderBy(static id => BitConverter.ToString(Convert.FromBase64String(id)), StringComparer.Ordinal));
        Assert.Equal(list, storage.Requests.Last());
        await AssertAllReturnedAsync(buffers, 4);
    }

    [Fact]
    public async Task A_small_blob_is_one_request()
    {
        await using var storage = new ScriptedServer(static _ => ScriptedAnswer.Of(201, ""));
        using var buffers = new BlockBuffers(1);
        await using (var upload = new BlobUpload(new BlobClient(storage.Connection().Pipelines.Storage, new TransientRetry(TimeSpan.Zero)), Pool(storage.Uri + "c?sig=s"), "b", buffers, Stop))
        {
            await upload.WriteAsync("abc"u8.ToArray(), Stop);
            await upload.CommitAsync();
            Assert.Equal(3, upload.Sent);
        }
        ScriptedRequest request = Assert.Single(storage.Requests);
        Assert.Equal(("PUT", "/c/b?sig=s", "abc", "BlockBlob"), (request.Method, request.Path, request.Body, request.Header("x-ms-blob-type")));
        await AssertAllReturnedAsync(buffers, 1);
    }

    [Fact]
    public async Task A_refused_block_is_told_and_gives_the_buffers_back()
    {
        await using var storage = new ScriptedServer(static _ => ScriptedAnswer.Of(403, ""));
        using var buffers = new BlockBuffers(2);
        await using (var upload = new BlobUpload(new BlobClient(storage.Connection().Pipelines.Storage, new TransientRetry(TimeSpan.Zero)), Pool(storage.Uri + "c?sig=s"), "b", buffers, Stop))
        {
            AdxException failure = await Assert.ThrowsAsync<AdxException>(async () =>
            {
                for (int block = 0; block < 20; block++)
                    await upload.WriteAsync(Block, Stop);
                await upload.CommitAsync();
            });
            Assert.Equal("AdxUploadRefused", failure.ErrorId);
            Assert.DoesNotContain("sig=s", failure.ToString(), StringComparison.Ordinal);
            await upload.AbandonAsync();
        }
        Assert.DoesNotContain(storage.Requests, static request => request.Path.Contains("comp=blocklist", StringComparison.Ordinal));
        await AssertAllReturnedAsync(buffers, 2);
    }

    /// <summary>The service lends other containers from time to time; the rights to those before end, and they are of the same account.</summary>
    [Fact]
    public async Task A_container_that_the_service_has_taken_back_is_left_for_one_that_it_lends()
    {
        await using var storage = new ScriptedServer(static request => ScriptedAnswer.Of(request.Path.Contains("/old/", StringComparison.Ordinal) ? 403 : 201, ""));
        using var buffers = new BlockBuffers(2);
        using var pool = new ContainerPool(_ => Task.FromResult(Configuration(storage.Uri + "a/new?sig=n")), Configuration(storage.Uri + "a/old?sig=o"), new AccountRanking(TimeProvider.System));
        await using (var upload = new BlobUpload(new BlobClient(storage.Connection().Pipelines.Storage, new TransientRetry(TimeSpan.Zero)), pool, "b", buffers, Stop))
        {
            await upload.WriteAsync("abc"u8.ToArray(), Stop);
            await upload.CommitAsync();
            Assert.Equal("/a/new/b", upload.Uri.AbsolutePath);
        }
        await AssertAllReturnedAsync(buffers, 2);
    }

    [Fact]
    public async Task Abandoning_stops_what_is_under_way_and_gives_the_buffers_back()
    {
        await using var storage = new ScriptedServer(static _ => new ScriptedAnswer { Status = 201, Write = static (_, stop) => Task.Delay(Timeout.Infinite, stop) });
        using var buffers = new BlockBuffers(3);
        await using (var upload = new BlobUpload(new BlobClient(storage.Connection().Pipelines.Storage, new TransientRetry(TimeSpan.Zero)), Pool(storage.Uri + "c?sig=s"), "b", buffers, Stop))
        {
            await upload.WriteAsync(new byte[BlockBuffers.Size * 2 + 1], Stop);
            await Eventually.HoldsAsync(() => storage.Requests.Count == 2, "two blocks are under way");
            await upload.AbandonAsync().EndsAsync();
        }
        await AssertAllReturnedAsync(buffers, 3);
    }

    private static ContainerPool Pool(params string[] containers)
    {
        IngestionConfiguration configuration = Configuration(containers);
        return new ContainerPool(_ => Task.FromResult(configuration), configuration, new AccountRanking(TimeProvider.System));
    }

    private static IngestionConfiguration Configuration(params string[] containers) =>
        new() { Containers = [.. containers.Select(static path => new StorageContainer(path))], MaxBlobsPerRequest = 20, MaxDataSize = long.MaxValue, Life = TimeSpan.FromHours(1) };

    private static async Task AssertAllReturnedAsync(BlockBuffers buffers, int count)
    {
        byte[][] rented = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => buffers.RentAsync(Stop).AsTask())).EndsAsync();
        Assert.Equal(count, rented.Distinct().Count());
        Assert.False(buffers.RentAsync(Stop).AsTask().IsCompleted);
    }
}
