namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>A committed blob.</summary>
internal sealed record Blob(BlobContent Content, string ContentType, DateTime LastModified)
{
    /// <summary>The files that hold it, where it is kept on disk.</summary>
    public IReadOnlyList<Guid> Files { get; init; } = [];

    public string ETag { get; init; } = "\"0x" + Guid.NewGuid().ToString("N")[..16].ToUpperInvariant() + "\"";
}
