using AdxFlow.Auth;

namespace AdxFlow.Ingestion.Storage;

/// <summary>A container, queue or table that the ingestion service lends, with the SAS that lets one use it. The SAS never prints.</summary>
internal class SignedResource
{
    private readonly UriBuilder _uri;

    public SignedResource(Uri uri, string kind)
    {
        // The host alone is told: in schemes that know no query, the path holds the SAS.
        bool isSecure = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && LoopbackHost.IsLoopback(uri));
        if (!isSecure)
            throw new AdxException("AdxHttpNotAllowed", AdxErrorKind.NotTrusted, $"The ingestion service names a {kind} on '{uri.Host}' without https. Data goes there over https only.");
        if (uri.UserInfo.Length > 0)
            throw new AdxException("AdxHostNotTrusted", AdxErrorKind.NotTrusted, $"The ingestion service names a {kind} on '{uri.Host}' with a user name in its address. No data goes there.");
        _uri = new UriBuilder(uri);
        Name = _uri.Host + _uri.Path;
        // On this machine one host has all accounts, the first part of the path being the account's name.
        Account = LoopbackHost.IsLoopback(uri) ? $"{uri.Authority}/{uri.Segments.ElementAtOrDefault(1)?.Trim('/')}" : uri.Host;
    }

    /// <summary>Host and path, without the SAS.</summary>
    public string Name { get; }

    /// <summary>The storage account: what fails as a whole, and is ranked as a whole.</summary>
    public string Account { get; }

    /// <summary>True when the other has the same right: the same SAS.</summary>
    public bool HasSameSignature(SignedResource other) => _uri.Query == other._uri.Query;

    /// <summary>The address of something in it, with its SAS; <paramref name="query"/> comes before the SAS, as in <c>comp=block</c>.</summary>
    public Uri At(string suffix, string? query = null)
    {
        var uri = new UriBuilder(_uri.Uri) { Path = _uri.Path.TrimEnd('/') + suffix };
        string sas = _uri.Query.TrimStart('?');
        uri.Query = query is null ? sas : sas.Length == 0 ? query : query + "&" + sas;
        return uri.Uri;
    }

    public override string ToString() => Name;
}
