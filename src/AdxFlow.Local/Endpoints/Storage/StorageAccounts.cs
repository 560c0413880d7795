using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>The storage accounts that the ingestion service lends: in memory, each with a path of its own on the one host.</summary>
internal sealed class StorageAccounts
{
    /// <summary>The name of the first account; those after it have a number behind it.</summary>
    public const string FirstName = "storage";

    private readonly Uri _root;

    public StorageAccounts(Uri clusterUri, int count, SharedAccessSignatures signatures, StateLog log)
    {
        _root = clusterUri;
        Signatures = signatures;
        All = [.. Enumerable.Range(1, count).Select(i => new StorageAccount(i == 1 ? FirstName : $"{FirstName}{i}", i == 1, log))];
    }

    public int Port => _root.Port;

    public IReadOnlyList<StorageAccount> All { get; }

    public SharedAccessSignatures Signatures { get; }

    /// <summary>Brings back what an earlier process had.</summary>
    public void Restore(StorageImage image)
    {
        foreach (BlobRecord blob in image.Blobs)
            Find(blob.Place.Account)?.Container(blob.Place.Container)?.Restore(blob);
        foreach (BlockRecord block in image.Blocks)
            Find(block.Place.Account)?.Container(block.Place.Container)?.Restore(block);
        foreach (MessageRecord message in image.Messages)
            All[0].Queue(message.Queue)?.Restore(message);
        foreach (EntityRecord entity in image.Entities)
            All[0].Status!.Restore(entity);
    }

    /// <summary>The account of that name, or null.</summary>
    public StorageAccount? Find(string name) => All.FirstOrDefault(a => a.Name == name);

    /// <summary>The address of a resource of an account, with a signature that grants the permissions.</summary>
    public string SignedUri(StorageAccount account, StorageService service, string resource, string permissions) =>
        $"{new Uri(_root, $"{account.Name}/{resource}")}?{Signatures.Issue(account.Name, service, permissions)}";

    /// <summary>The addresses of all containers, each with a signature, the accounts taking turns.</summary>
    public IReadOnlyList<string> SignedContainers() =>
        [.. Enumerable.Range(0, All[0].Containers.Count).SelectMany(i => All.Select(a => SignedUri(a, StorageService.Blob, a.Containers[i].Name, "rwdlac")))];

    /// <summary>The address of a blob, without a signature.</summary>
    public Uri Address(StorageAccount account, string container, string blob) =>
        new(_root, $"{account.Name}/{container}/{string.Join('/', blob.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>Reads an address; null where it does not lie in one of the accounts.</summary>
    public StoragePath? Locate(Uri address) =>
        address.IsLoopback && address.Scheme == _root.Scheme && address.Port == _root.Port
            ? StoragePath.Parse(address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString), this)
            : null;
}
