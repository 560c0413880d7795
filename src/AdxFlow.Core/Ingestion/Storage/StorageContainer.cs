namespace AdxFlow.Ingestion.Storage;

/// <summary>A container that the ingestion service lends for blobs, with the SAS that lets one write there. The SAS never prints.</summary>
internal sealed class StorageContainer(Uri uri) : SignedResource(uri, "container")
{
    public StorageContainer(string path)
        : this(new Uri(path, UriKind.Absolute))
    {
    }

    /// <summary>The blob's address with the right to write it; <paramref name="query"/> comes before the SAS, as in <c>comp=block</c>.</summary>
    public Uri BlobUri(string blob, string? query = null) => At("/" + Uri.EscapeDataString(blob), query);
}
