using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Endpoints.Storage.Blobs;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Finds the blobs to ingest, in the stand-in's own storage only; nothing is read from the network.</summary>
internal sealed class BlobDownload(StorageAccounts accounts)
{
    private const string ManagedIdentity = "managed_identity=";
    private const string Masked = "****";

    /// <summary>The port that addresses of the stand-in's own storage have.</summary>
    public int Port => accounts.Port;

    /// <summary>The blob at an address.</summary>
    /// <exception cref="IngestionException">It is not there, or may not be read.</exception>
    public StoredBlob Find(StorageLocator locator)
    {
        StoragePath path = Open(locator, "r");
        BlobContainer? container = path.Account.Container(path.Resource);
        return container?.Find(path.Rest) is { } blob
            ? new StoredBlob(container, path.Rest, locator.Address, blob)
            : throw NotFound();
    }

    /// <summary>A blob's address as it may be kept on disk: rights to the stand-in's own storage are its own, those to others' are left out.</summary>
    public StorageLocator WithoutSecrets(StorageLocator locator) => new(
        accounts.Locate(locator.Uri) is null ? new Uri(locator.Address) : locator.Uri,
        locator.Credential.Length == 0 || locator.Credential.StartsWith(ManagedIdentity, StringComparison.OrdinalIgnoreCase) ? locator.Credential : Masked);

    /// <summary>The blobs of a container, or those whose names begin as the address says, by name.</summary>
    /// <exception cref="IngestionException">The container is not there, or may not be listed.</exception>
    public IEnumerable<StoredBlob> List(StorageLocator locator)
    {
        StoragePath path = Open(locator, "l");
        BlobContainer container = path.Account.Container(path.Resource) ?? throw NotFound();
        return container.List(path.Rest).Select(b => new StoredBlob(container, b.Name, accounts.Address(path.Account, container.Name, b.Name).AbsoluteUri, b.Blob));
    }

    private static IngestionException NotFound() => new("Download_SourceNotFound", "Failed to download source from Azure Storage. Source not found.");

    private StoragePath Open(StorageLocator locator, string permission)
    {
        StoragePath path = accounts.Locate(locator.Uri)
            ?? throw new IngestionException("LocalStandIn_NotSupported", "The local stand-in ingests blobs of its own storage only; it reads nothing from the network.");
        if (locator.UsesSystemIdentity) return path;
        if (locator.Credential.StartsWith(ManagedIdentity, StringComparison.OrdinalIgnoreCase))
            throw new IngestionException("BadRequest_InvalidManagedIdentity", "The managed identity does not exist or lacks permissions. The local stand-in has only the system's (managed_identity=system).");
        if (locator.Credential.Length > 0)
            throw new IngestionException("LocalStandIn_NotSupported", "The local stand-in reads blobs by a signature (SAS) or by managed_identity=system.");
        try
        {
            accounts.Signatures.Demand(locator.Query, path.Account.Name, StorageService.Blob, permission);
        }
        catch (StorageException)
        {
            throw new IngestionException("Download_Forbidden", "Failed to download source from Azure Storage. Access forbidden.");
        }

        return path;
    }
}
