using System.Text;
using AdxFlow.Http;
using AdxFlow.Ingestion.Transports;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// Writes block blobs with a SAS. Each request carries its bytes in memory, so that a retry sends the same again.
/// Source: https://learn.microsoft.com/rest/api/storageservices/put-blob, put-block and put-block-list.
/// </summary>
internal sealed class BlobClient(HttpPipeline storage, TransientRetry retry)
{
    private const string ServiceVersion = "2023-11-03";

    // Whoever presses Ctrl+C because the network is gone must not wait for it.
    private static readonly TimeSpan LongestDelete = TimeSpan.FromSeconds(5);

    /// <summary>How long what fails for a passing reason is tried again.</summary>
    public TransientRetry Retry => retry;

    public Task PutBlobAsync(StorageContainer container, string blob, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        PutAsync(container.BlobUri(blob), content, isWholeBlob: true, cancel);

    /// <summary>The same in one try, for who has another account to go to.</summary>
    public Task PutBlobOnceAsync(StorageContainer container, string blob, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        IngestionMetrics.UploadAsync(() => SendAsync(RequestMethod.Put, container.BlobUri(blob), content, isWholeBlob: true, cancel, isSingleTry: true));

    public Task PutBlockAsync(StorageContainer container, string blob, string blockId, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        PutAsync(BlockUri(container, blob, blockId), content, isWholeBlob: false, cancel);

    /// <summary>The same in one try, for who has another account to go to.</summary>
    public Task PutBlockOnceAsync(StorageContainer container, string blob, string blockId, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        IngestionMetrics.UploadAsync(() => SendAsync(RequestMethod.Put, BlockUri(container, blob, blockId), content, isWholeBlob: false, cancel, isSingleTry: true));

    public Task PutBlockListAsync(StorageContainer container, string blob, IEnumerable<string> blockIds, CancellationToken cancel)
    {
        // Ids are base64, which needs no escaping in XML.
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        foreach (string id in blockIds)
            list.Append("<Latest>").Append(id).Append("</Latest>");
        list.Append("</BlockList>");
        return PutAsync(container.BlobUri(blob, "comp=blocklist"), Encoding.UTF8.GetBytes(list.ToString()), isWholeBlob: false, cancel);
    }

    /// <summary>Deletes a blob if the SAS allows it; the service empties its containers by itself, sooner or later. Does not throw.</summary>
    public async Task TryDeleteAsync(Uri blob)
    {
        using var limit = new CancellationTokenSource(LongestDelete);
        try
        {
            await SendAsync(RequestMethod.Delete, blob, default, isWholeBlob: false, limit.Token);
        }
        catch (Exception failure) when (failure is AdxException or OperationCanceledException)
        {
            // There is nobody to whom it would matter.
        }
    }

    private static Uri BlockUri(StorageContainer container, string blob, string blockId) => container.BlobUri(blob, "comp=block&blockid=" + Uri.EscapeDataString(blockId));

    private Task PutAsync(Uri uri, ReadOnlyMemory<byte> content, bool isWholeBlob, CancellationToken cancel) =>
        IngestionMetrics.UploadAsync(() => retry.RunAsync(() => SendAsync(RequestMethod.Put, uri, content, isWholeBlob, cancel), cancel));

    private async Task SendAsync(RequestMethod method, Uri uri, ReadOnlyMemory<byte> content, bool isWholeBlob, CancellationToken cancel, bool isSingleTry = false)
    {
        using HttpMessage message = storage.CreateMessage();
        if (isSingleTry)
            message.MarkSingleTry();
        message.Request.Method = method;
        message.Request.Uri.Reset(uri);
        message.Request.Headers.Add("x-ms-version", ServiceVersion);
        if (isWholeBlob)
            message.Request.Headers.Add("x-ms-blob-type", "BlockBlob");
        if (method == RequestMethod.Put)
            message.Request.Content = RequestContent.Create(content);
        await ServiceCall.SendAsync(storage, message, new ErrorContext(ServiceOperation.Upload), cancel);
    }
}
