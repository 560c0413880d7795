namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>A place in a storage account: <c>/account/container/blob</c>, <c>/account/queue/messages</c>, <c>/account/table(…)</c>.</summary>
/// <param name="Account">The account.</param>
/// <param name="Resource">The name of the container, queue or table; of a table with the keys of an entity, as it was written.</param>
/// <param name="Rest">What follows, with its slashes; empty for nothing.</param>
internal sealed record StoragePath(StorageAccount Account, string Resource, string Rest)
{
    /// <summary>Reads the parts of a path; null where the first is no account.</summary>
    public static StoragePath? Parse(IEnumerable<string> segments, StorageAccounts accounts)
    {
        // Some clients escape the slash between account and table.
        string[] parts = string.Join('/', segments).Split('/', 3);
        return accounts.Find(parts[0]) is { } account
            ? new StoragePath(account, parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : "")
            : null;
    }

    /// <summary>The service that has the resource; names of containers, queues and tables do not overlap here.</summary>
    public StorageService Service => Account.Queue(Resource) is not null
        ? StorageService.Queue
        : Account.Table(Resource.Split('(')[0]) is not null || Resource == "Tables" ? StorageService.Table : StorageService.Blob;
}
