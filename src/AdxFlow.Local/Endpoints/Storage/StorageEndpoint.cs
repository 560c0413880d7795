using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>Blobs over HTTP: put, put block, put block list, get, head, delete.</summary>
/// <remarks>Source: Microsoft Learn, "Blob service REST API" and "Status and error codes" of Azure Storage.</remarks>
internal sealed class StorageEndpoint(BlobStore store)
{
    private const long MaxPart = 512L * 1024 * 1024;
    private const int MaxBlockList = 8 * 1024 * 1024;

    public static LocalFaultTarget Kind(Exchange exchange) => exchange.Method != "PUT"
        ? LocalFaultTarget.BlobAccess
        : exchange.Query.GetValueOrDefault("comp") == "blocklist" ? LocalFaultTarget.BlockList : LocalFaultTarget.BlobUpload;

    public async Task HandleAsync(Exchange exchange, CancellationToken cancel)
    {
        exchange.SetHeader("x-ms-request-id", exchange.ActivityId);
        exchange.SetHeader("x-ms-version", "2021-06-08");
        if (!store.IsSignature(exchange.Query.GetValueOrDefault("sig", "")))
        {
            await SendErrorAsync(exchange, 403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.");
            return;
        }

        BlobContainer? container = exchange.Segments.Count > 1 ? store.Container(exchange.Segments[1]) : null;
        string blob = string.Join('/', exchange.Segments.Skip(2));
        if (container is null)
            await SendErrorAsync(exchange, 404, "ContainerNotFound", "The specified container does not exist.");
        else if (blob.Length == 0)
            await SendErrorAsync(exchange, 400, "InvalidUri", "The local stand-in serves blobs, not operations on containers.");
        else if (exchange.Method == "PUT")
            await PutAsync(exchange, container, blob, cancel);
        else if (exchange.Method is "GET" or "HEAD")
            await GetAsync(exchange, container.Find(blob), cancel);
        else if (exchange.Method == "DELETE")
            await DeleteAsync(exchange, container, blob);
        else
            await SendErrorAsync(exchange, 405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.");
    }

    /// <summary>Sends an error in the form of Azure Storage.</summary>
    public static Task SendErrorAsync(Exchange exchange, int status, string code, string message)
    {
        exchange.SetHeader("x-ms-error-code", code);
        string time = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture);
        string xml = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}\nRequestId:{exchange.ActivityId}\nTime:{time}</Message></Error>";
        return exchange.SendAsync(status, "application/xml", Encoding.UTF8.GetBytes(xml));
    }

    private static async Task PutAsync(Exchange exchange, BlobContainer container, string blob, CancellationToken cancel)
    {
        string contentType = exchange.Header("x-ms-blob-content-type") ?? exchange.Header("Content-Type") ?? "application/octet-stream";
        switch (exchange.Query.GetValueOrDefault("comp"))
        {
            case null when !string.Equals(exchange.Header("x-ms-blob-type"), "BlockBlob", StringComparison.OrdinalIgnoreCase):
                await SendErrorAsync(exchange, 400, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified: x-ms-blob-type must be BlockBlob.");
                break;
            case null:
                if (await ReadBodyAsync(exchange, cancel) is { } content)
                    await SendCreatedAsync(exchange, container.Put(blob, content, contentType));
                break;
            case "block" when !IsBlockId(exchange.Query.GetValueOrDefault("blockid", "")):
                await SendErrorAsync(exchange, 400, "InvalidQueryParameterValue", "The blockid must be Base64 of at most 64 bytes.");
                break;
            case "block":
                if (await ReadBodyAsync(exchange, cancel) is { } block)
                {
                    container.PutBlock(blob, exchange.Query["blockid"], block);
                    await exchange.SendAsync(201, null, default, cancel);
                }

                break;
            case "blocklist":
                await CommitAsync(exchange, container, blob, exchange.Header("x-ms-blob-content-type") ?? "application/octet-stream", cancel);
                break;
            default:
                await SendErrorAsync(exchange, 400, "InvalidQueryParameterValue", "The value of comp is not one that the local stand-in serves.");
                break;
        }
    }

    private static async Task<BlobContent?> ReadBodyAsync(Exchange exchange, CancellationToken cancel)
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
            await SendErrorAsync(exchange, 413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
            return null;
        }
    }

    private static async Task CommitAsync(Exchange exchange, BlobContainer container, string blob, string contentType, CancellationToken cancel)
    {
        byte[] body = await exchange.ReadBodyAsync(MaxBlockList, cancel);
        if (ReadBlockList(body) is not { } ids)
            await SendErrorAsync(exchange, 400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
        else if (container.Commit(blob, ids, contentType) is { } committed)
            await SendCreatedAsync(exchange, committed);
        else
            await SendErrorAsync(exchange, 400, "InvalidBlockList", "The specified block list is invalid.");
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
        if (blob is null)
        {
            await SendErrorAsync(exchange, 404, "BlobNotFound", "The specified blob does not exist.");
            return;
        }

        SetBlobHeaders(exchange, blob);
        exchange.SetHeader("x-ms-blob-type", "BlockBlob");
        bool head = exchange.Method == "HEAD";
        Stream output = exchange.StartResponse(200, blob.ContentType, blob.Content.Length);
        if (head) return;
        foreach (ReadOnlyMemory<byte> segment in blob.Content.Segments)
            await output.WriteAsync(segment, cancel);
    }

    private static Task DeleteAsync(Exchange exchange, BlobContainer container, string blob) => container.Delete(blob)
        ? exchange.SendAsync(202, null, default)
        : SendErrorAsync(exchange, 404, "BlobNotFound", "The specified blob does not exist.");

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
