namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>A committed blob.</summary>
internal sealed record Blob(BlobContent Content, string ContentType, DateTime LastModified)
{
    public string ETag { get; } = "\"0x" + Guid.NewGuid().ToString("N")[..16].ToUpperInvariant() + "\"";
}
