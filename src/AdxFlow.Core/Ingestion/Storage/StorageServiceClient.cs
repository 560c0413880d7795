using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// Queues and tables of storage, with a SAS: what the classic protocol needs of them.
/// Source: https://learn.microsoft.com/rest/api/storageservices/put-message, insert-entity and query-entities.
/// </summary>
internal sealed class StorageServiceClient(HttpPipeline storage)
{
    private const string ServiceVersion = "2023-11-03";

    /// <summary>Puts a message into a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message in its XML.</param>
    /// <param name="mayRepeat">True where a passing failure is worth another try here, as no other queue is left.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task PutMessageAsync(SignedResource queue, ReadOnlyMemory<byte> message, bool mayRepeat, CancellationToken cancel)
    {
        using HttpMessage request = Message(RequestMethod.Post, queue.At("/messages"));
        request.Request.Headers.Add("Content-Type", "application/xml");
        request.Request.Content = RequestContent.Create(message);
        // A message of which only the answer was lost comes twice: at least once is the promise, and it names the same blob.
        if (mayRepeat)
            request.MarkRetriable();
        else
            request.MarkSingleTry();
        await ServiceCall.SendAsync(storage, request, new ErrorContext(ServiceOperation.Upload), cancel);
    }

    /// <summary>Inserts an entity into a table; one that is there already, from a try whose answer was lost, is left.</summary>
    public async Task InsertAsync(SignedResource table, ReadOnlyMemory<byte> entity, CancellationToken cancel)
    {
        using HttpMessage request = Message(RequestMethod.Post, table.At(string.Empty));
        request.Request.Headers.Add("Content-Type", "application/json");
        request.Request.Headers.Add("Prefer", "return-no-content");
        request.Request.Content = RequestContent.Create(entity);
        request.MarkRetriable();
        try
        {
            await ServiceCall.SendAsync(storage, request, new ErrorContext(ServiceOperation.Upload), cancel);
        }
        catch (AdxException exists) when (exists.StatusCode == 409)
        {
            // It is what was to be inserted.
        }
    }

    /// <summary>An entity of a table, as JSON; null where there is none.</summary>
    public async Task<BinaryData?> FindAsync(SignedResource table, string partitionKey, string rowKey, CancellationToken cancel)
    {
        using HttpMessage request = Message(RequestMethod.Get, table.At($"(PartitionKey='{partitionKey}',RowKey='{rowKey}')"));
        try
        {
            await ServiceCall.SendAsync(storage, request, new ErrorContext(ServiceOperation.Upload), cancel);
            return request.Response.Content;
        }
        catch (AdxException absent) when (absent.StatusCode == 404)
        {
            return null;
        }
    }

    private HttpMessage Message(RequestMethod method, Uri address)
    {
        HttpMessage message = storage.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add("x-ms-version", ServiceVersion);
        message.Request.Headers.Add("Accept", "application/json;odata=nometadata");
        return message;
    }
}
