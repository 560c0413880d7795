using AdxFlow.Local.Endpoints.Storage.Blobs;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A blob of the stand-in's own storage.</summary>
internal sealed record StoredBlob(BlobContainer Container, string Name, string Address, Blob Blob)
{
    /// <summary>False once it was deleted, or another was written in its place.</summary>
    public bool IsPresent => Container.Find(Name) == Blob;

    /// <summary>Deletes it; another that was written in its place stays.</summary>
    public void Delete() => Container.Delete(Name, Blob);
}
