namespace AdxFlow;

/// <summary>The embedded stand-in for Azure Data Explorer that runs in this process.</summary>
public sealed class AdxLocal
{
    internal AdxLocal(Uri clusterUri, Uri ingestionUri, string? path)
    {
        Path = path;
        ClusterUri = clusterUri;
        IngestionUri = ingestionUri;
    }

    /// <summary>The engine: what Connect-Adx connects to.</summary>
    public Uri ClusterUri { get; }

    /// <summary>The ingestion service.</summary>
    public Uri IngestionUri { get; }

    /// <summary>The port it listens on, on loopback only.</summary>
    public int Port => ClusterUri.Port;

    /// <summary>The folder in which it keeps what it has; null where it keeps nothing.</summary>
    public string? Path { get; }

    /// <summary>The engine's address.</summary>
    public override string ToString() => ClusterUri.AbsoluteUri;
}
