namespace AdxFlow;

/// <summary>The embedded stand-in for Azure Data Explorer and Adobe's Flow Service that runs in this process.</summary>
public sealed class AdxLocal
{
    internal AdxLocal(Uri clusterUri, Uri ingestionUri, Uri flowUri, Uri imsUri, string? path)
    {
        Path = path;
        ClusterUri = clusterUri;
        IngestionUri = ingestionUri;
        FlowUri = flowUri;
        ImsUri = imsUri;
    }

    /// <summary>The engine: what Connect-Adx connects to.</summary>
    public Uri ClusterUri { get; }

    /// <summary>The ingestion service.</summary>
    public Uri IngestionUri { get; }

    /// <summary>Adobe's gateway, with Flow Service and its neighbours: what <c>Connect-Flow -Uri</c> takes.</summary>
    public Uri FlowUri { get; }

    /// <summary>Adobe's identity service: what <c>Connect-Flow -ImsUri</c> takes.</summary>
    public Uri ImsUri { get; }

    /// <summary>The port it listens on, on loopback only.</summary>
    public int Port => ClusterUri.Port;

    /// <summary>The folder in which it keeps what it has; null where it keeps nothing.</summary>
    public string? Path { get; }

    /// <summary>The engine's address.</summary>
    public override string ToString() => ClusterUri.AbsoluteUri;
}
