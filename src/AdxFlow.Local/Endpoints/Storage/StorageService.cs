namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>The services of a storage account.</summary>
internal enum StorageService
{
    Blob,
    Queue,
    Table,
}
