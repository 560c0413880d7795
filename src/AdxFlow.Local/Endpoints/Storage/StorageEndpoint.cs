using System.Globalization;
using System.Security;
using System.Text;
using AdxFlow.Local.Endpoints.Storage.Blobs;
using AdxFlow.Local.Endpoints.Storage.Queues;
using AdxFlow.Local.Endpoints.Storage.Tables;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>Storage over HTTP: checks the signature, then serves blobs, messages or entities.</summary>
/// <remarks>Source: Microsoft Learn, "Azure Storage REST API reference".</remarks>
internal sealed class StorageEndpoint(StorageAccounts accounts)
{
    /// <summary>The storage that a request addresses; null for none.</summary>
    public StoragePath? Find(Exchange exchange) => StoragePath.Parse(exchange.Segments, accounts);

    /// <summary>What a request to a place is, for faults.</summary>
    public static LocalFaultTarget Kind(Exchange exchange, StoragePath path) => path.Service switch
    {
        StorageService.Queue => LocalFaultTarget.StorageQueue,
        StorageService.Table => LocalFaultTarget.StatusTable,
        _ when exchange.Method != "PUT" => LocalFaultTarget.BlobAccess,
        _ => exchange.Query.GetValueOrDefault("comp") == "blocklist" ? LocalFaultTarget.BlockList : LocalFaultTarget.BlobUpload,
    };

    public async Task HandleAsync(Exchange exchange, StoragePath path, CancellationToken cancel)
    {
        exchange.SetHeader("x-ms-request-id", exchange.ActivityId);
        exchange.SetHeader("x-ms-version", "2021-06-08");
        try
        {
            switch (path.Service)
            {
                case StorageService.Queue:
                    accounts.Signatures.Demand(exchange.Query, path.Account.Name, StorageService.Queue, QueueEndpoint.Permissions(exchange));
                    await QueueEndpoint.HandleAsync(exchange, path.Account.Queue(path.Resource)!, path.Rest, cancel);
                    break;
                case StorageService.Table:
                    accounts.Signatures.Demand(exchange.Query, path.Account.Name, StorageService.Table, TableEndpoint.Permissions(exchange));
                    await TableEndpoint.HandleAsync(exchange, path, cancel);
                    break;
                default:
                    accounts.Signatures.Demand(exchange.Query, path.Account.Name, StorageService.Blob, BlobEndpoint.Permissions(exchange));
                    await BlobEndpoint.HandleAsync(exchange, path, cancel);
                    break;
            }
        }
        catch (StorageException e) when (!exchange.HasStarted)
        {
            await SendErrorAsync(exchange, e, path.Service == StorageService.Table);
        }
    }

    /// <summary>Sends an error in the form of Azure Storage: XML, or for tables JSON.</summary>
    public static Task SendErrorAsync(Exchange exchange, StorageException error, bool asJson)
    {
        exchange.SetHeader("x-ms-error-code", error.Code);
        string time = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture);
        string message = $"{error.Message}\nRequestId:{exchange.ActivityId}\nTime:{time}";
        if (asJson) return exchange.SendAsync(error.Status, "application/json;odata=minimalmetadata;charset=utf-8", TableEndpoint.ErrorBody(error.Code, message));
        string detail = error.AuthenticationDetail is null ? "" : $"<AuthenticationErrorDetail>{SecurityElement.Escape(error.AuthenticationDetail)}</AuthenticationErrorDetail>";
        string xml = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{error.Code}</Code><Message>{SecurityElement.Escape(message)}</Message>{detail}</Error>";
        return exchange.SendAsync(error.Status, "application/xml", Encoding.UTF8.GetBytes(xml));
    }
}
