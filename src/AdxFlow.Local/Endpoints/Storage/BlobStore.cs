using System.Security.Cryptography;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>The storage account of the stand-in: containers in memory, opened by a shared access signature.</summary>
internal sealed class BlobStore
{
    /// <summary>The first segment of the path of every blob.</summary>
    public const string PathSegment = "storage";

    private readonly Uri _root;
    private readonly string _signature = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly string _expiry = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    public BlobStore(Uri clusterUri)
    {
        _root = new Uri(clusterUri, PathSegment + "/");
        Containers = [new BlobContainer("ingestdata-0"), new BlobContainer("ingestdata-1")];
    }

    public IReadOnlyList<BlobContainer> Containers { get; }

    /// <summary>The address of a container with its signature, as the ingestion configuration tells it.</summary>
    public string SignedUri(BlobContainer container) =>
        $"{new Uri(_root, container.Name)}?sv=2021-06-08&se={Uri.EscapeDataString(_expiry)}&sr=c&sp=rwdlac&sig={Uri.EscapeDataString(_signature)}";

    public BlobContainer? Container(string name) => Containers.FirstOrDefault(c => c.Name == name);

    public bool IsSignature(string signature) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(signature), System.Text.Encoding.UTF8.GetBytes(_signature));

    /// <summary>True for an address under this storage account.</summary>
    public bool Owns(Uri blob) =>
        blob.Scheme == _root.Scheme && blob.Port == _root.Port && blob.IsLoopback && blob.AbsolutePath.StartsWith(_root.AbsolutePath, StringComparison.Ordinal);

    /// <summary>The container and the name of a blob of this account.</summary>
    public (BlobContainer? Container, string Name) Locate(Uri blob)
    {
        string[] parts = blob.AbsolutePath[_root.AbsolutePath.Length..].Split('/', 2);
        return (Container(Uri.UnescapeDataString(parts[0])), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
