using AdxFlow.Auth;

namespace AdxFlow.Ingestion.FromStorage;

/// <summary>
/// Where a blob, a container or a part of one is, and by what right the service reads it: <c>https://…?signature</c>,
/// <c>https://…;managed_identity=system</c>, <c>https://…;impersonate</c>. That right never prints.
/// Source: https://learn.microsoft.com/kusto/api/connection-strings/storage-connection-strings
/// </summary>
public sealed class StorageLocation
{
    private StorageLocation(Uri uri, string name)
    {
        Uri = uri;
        Name = name;
    }

    /// <summary>The address without the right to read it.</summary>
    public string Name { get; }

    /// <summary>The address whole, for the service alone.</summary>
    internal Uri Uri { get; }

    /// <summary>Reads a storage connection string.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The location.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidUri</c>: it is no address of https, or has a user name in it. The message does not show it.</exception>
    public static StorageLocation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? uri))
            throw Invalid("It is no absolute address.");
        // A key may stand where the path ends, so that the path alone may be shown up to there.
        string name = $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath.Split(';')[0]}";
        if (uri.UserInfo.Length > 0)
            throw Invalid("It has a user name in it.");
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && LoopbackHost.IsLoopback(uri)))
            throw Invalid($"'{uri.Scheme}' is not https.");
        return new StorageLocation(uri, name);
    }

    /// <summary>The address without the right to read it.</summary>
    /// <returns>As <see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static AdxException Invalid(string reason) => new("AdxInvalidUri", AdxErrorKind.InvalidArgument, "That is no address of a blob or container. " + reason)
    {
        RecommendedAction = "Give it as https://account.blob.core.windows.net/container/blob, followed by ?SAS, by ;managed_identity=system or by ;impersonate.",
    };
}
