using AdxFlow.Auth;

namespace AdxFlow.Ingestion.Storage;

/// <summary>A container that the ingestion service lends for blobs, with the SAS that lets one write there. The SAS never prints.</summary>
internal sealed class StorageContainer
{
    private readonly UriBuilder _uri;

    public StorageContainer(string path)
        : this(new Uri(path, UriKind.Absolute))
    {
    }

    public StorageContainer(Uri uri)
    {
        // The host alone is told: in schemes that know no query, the path holds the SAS.
        bool isSecure = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && LoopbackHost.IsLoopback(uri));
        if (!isSecure)
            throw new AdxException("AdxHttpNotAllowed", AdxErrorKind.NotTrusted, $"The ingestion service names a container on '{uri.Host}' without https. Data goes there over https only.");
        if (uri.UserInfo.Length > 0)
            throw new AdxException("AdxHostNotTrusted", AdxErrorKind.NotTrusted, $"The ingestion service names a container on '{uri.Host}' with a user name in its address. No data goes there.");
        _uri = new UriBuilder(uri);
        Name = _uri.Host + _uri.Path;
    }

    /// <summary>Host and path, without the SAS.</summary>
    public string Name { get; }

    /// <summary>The blob's address with the right to write it; <paramref name="query"/> comes before the SAS, as in <c>comp=block</c>.</summary>
    public Uri BlobUri(string blob, string? query = null)
    {
        var uri = new UriBuilder(_uri.Uri) { Path = _uri.Path.TrimEnd('/') + "/" + Uri.EscapeDataString(blob) };
        string sas = _uri.Query.TrimStart('?');
        uri.Query = query is null ? sas : sas.Length == 0 ? query : query + "&" + sas;
        return uri.Uri;
    }

    public override string ToString() => Name;
}
