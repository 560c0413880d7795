namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Where a blob is, and by what right it is read: <c>https://…?signature</c> or <c>https://…;managed_identity=system</c>.</summary>
/// <remarks>Source: Microsoft Learn, "Storage connection strings".</remarks>
internal sealed record StorageLocator(Uri Uri, string Credential)
{
    /// <summary>The address without its signature.</summary>
    public string Address => Uri.GetLeftPart(UriPartial.Path);

    /// <summary>The parameters of the address.</summary>
    public IReadOnlyDictionary<string, string> Query => UrlQuery.Parse(Uri.Query.TrimStart('?'));

    /// <summary>True where the identity of the cluster is to be used.</summary>
    public bool UsesSystemIdentity => Credential.Equals("managed_identity=system", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a storage connection string; null where it is no absolute http or https address.</summary>
    public static StorageLocator? Parse(string text)
    {
        int mark = text.IndexOf(';', StringComparison.Ordinal);
        string address = mark < 0 ? text : text[..mark];
        return Uri.TryCreate(address.Trim(), UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? new StorageLocator(uri, mark < 0 ? "" : text[(mark + 1)..].Trim())
            : null;
    }

    /// <summary>The address without signature and credential.</summary>
    public override string ToString() => Address;
}
