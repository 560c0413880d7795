using System.Globalization;
using System.Xml;

namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>Blobs over HTTP: put, put block, put block list, get, head, delete.</summary>
/// <remarks>Source: Microsoft Learn, "Blob service REST API".</remarks>
internal static class BlobEndpoint
{
    private const long MaxPart = 512L * 1024 * 1024;
    private const int MaxBlockList = 8 * 1024 * 1024;

    /// <summary>The permissions of which a signature needs one.</summary>
    public static string Permissions(Exchange exchange) => exchange.Method switch
    {
        "PUT" => "wc",
        "DELETE" => "d",
        _ => "r",
    };

    public static Task HandleAsync(Exchange exchange, StoragePath path, CancellationToken cancel)
    {
        BlobContainer container = path.Account.Container(path.Resource)
            ?? throw new StorageException(404, "ContainerNotFound", "The specified container does not exist.");
        string blob = path.Rest;
        if (blob.Length == 0) throw new StorageException(400, "InvalidUri", "The local stand-in serves blobs, not operations on containers.");
        return exchange.Method switch
        {
            "PUT" => PutAsync(exchange, container, blob, cancel),
            "GET" or "HEAD" => GetAsync(exchange, container.Find(blob), cancel),
            "DELETE" => DeleteAsync(exchange, container, blob),
            _ => throw StorageException.WrongVerb(),
        };
    }

    private static async Task PutAsync(Exchange exchange, BlobContainer container, string blob, CancellationToken cancel)
    {
        string contentType = exchange.Header("x-ms-blob-content-type") ?? exchange.Header("Content-Type") ?? "application/octet-stream";
        switch (exchange.Query.GetValueOrDefault("comp"))
        {
            case null when !string.Equals(exchange.Header("x-ms-blob-type"), "BlockBlob", StringComparison.OrdinalIgnoreCase):
                throw new StorageException(400, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified: x-ms-blob-type must be BlockBlob.");
            case null:
                await SendCreatedAsync(exchange, container.Put(blob, await ReadBodyAsync(exchange, cancel), contentType));
                break;
            case "block" when !IsBlockId(exchange.Query.GetValueOrDefault("blockid", "")):
                throw StorageException.InvalidQuery("The blockid must be Base64 of at most 64 bytes.");
            case "block":
                container.PutBlock(blob, exchange.Query["blockid"], await ReadBodyAsync(exchange, cancel));
                await exchange.SendAsync(201, null, default, cancel);
                break;
            case "blocklist":
                await CommitAsync(exchange, container, blob, exchange.Header("x-ms-blob-content-type") ?? "application/octet-stream", cancel);
                break;
            default:
                throw StorageException.InvalidQuery("The value of comp is not one that the local stand-in serves.");
        }
    }

    private static async Task<BlobContent> ReadBodyAsync(Exchange exchange, CancellationToken cancel)
    {
        try
        {
            // A Content-Encoding here describes the blob, not the transfer: what is stored is what was sent.
            Stream body = exchange.OpenRawBody(MaxPart);
            await using (body.ConfigureAwait(false))
                return await BlobContent.ReadAsync(body, exchange.ContentLength, cancel);
        }
        catch (ServiceException e) when (e.Status == 413)
        {
            throw StorageException.TooLarge();
        }
    }

    private static async Task CommitAsync(Exchange exchange, BlobContainer container, string blob, string contentType, CancellationToken cancel)
    {
        byte[] body = await exchange.ReadBodyAsync(MaxBlockList, cancel);
        List<string> ids = ReadBlockList(body) ?? throw StorageException.InvalidXml();
        await SendCreatedAsync(exchange, container.Commit(blob, ids, contentType) ?? throw new StorageException(400, "InvalidBlockList", "The specified block list is invalid."));
    }

    private static List<string>? ReadBlockList(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var document = new XmlDocument { XmlResolver = null };
            document.Load(reader);
            if (document.DocumentElement?.LocalName != "BlockList") return null;
            return [.. document.DocumentElement.ChildNodes.OfType<XmlElement>()
                .Where(e => e.LocalName is "Latest" or "Uncommitted" or "Committed")
                .Select(e => e.InnerText.Trim())];
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static async Task GetAsync(Exchange exchange, Blob? blob, CancellationToken cancel)
    {
        if (blob is null) throw BlobNotFound();
        SetBlobHeaders(exchange, blob);
        exchange.SetHeader("x-ms-blob-type", "BlockBlob");
        bool head = exchange.Method == "HEAD";
        Stream output = await exchange.StartResponseAsync(200, blob.ContentType, blob.Content.Length);
        if (head) return;
        foreach (ReadOnlyMemory<byte> segment in blob.Content.Segments)
            await output.WriteAsync(segment, cancel);
    }

    private static Task DeleteAsync(Exchange exchange, BlobContainer container, string blob) => container.Delete(blob)
        ? exchange.SendAsync(202, null, default)
        : throw BlobNotFound();

    private static StorageException BlobNotFound() => new(404, "BlobNotFound", "The specified blob does not exist.");

    private static Task SendCreatedAsync(Exchange exchange, Blob blob)
    {
        SetBlobHeaders(exchange, blob);
        exchange.SetHeader("x-ms-request-server-encrypted", "false");
        return exchange.SendAsync(201, null, default);
    }

    private static void SetBlobHeaders(Exchange exchange, Blob blob)
    {
        exchange.SetHeader("ETag", blob.ETag);
        exchange.SetHeader("Last-Modified", blob.LastModified.ToString("R", CultureInfo.InvariantCulture));
    }

    private static bool IsBlockId(string id)
    {
        Span<byte> decoded = stackalloc byte[96];
        return id.Length is > 0 and <= 88 && Convert.TryFromBase64String(id, decoded, out int length) && length is > 0 and <= 64;
    }
}
