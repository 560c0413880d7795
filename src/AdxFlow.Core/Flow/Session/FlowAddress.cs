using System.Text;
using AdxFlow.Auth;
using AdxFlow.Http;

namespace AdxFlow.Flow;

/// <summary>Reads the address of the gateway or of the identity service, and refuses one that a token must not go to.</summary>
internal static class FlowAddress
{
    /// <summary>Adobe's gateway to Experience Platform.</summary>
    public static readonly Uri Platform = new("https://platform.adobe.io");

    /// <summary>Adobe's identity service.</summary>
    public static readonly Uri Ims = new("https://ims-na1.adobelogin.com");

    /// <summary>The address without a slash at the end, and without the path of a service that was copied along.</summary>
    /// <exception cref="FlowException">
    /// <c>FlowInvalidArgument</c>: it is no address. <c>FlowHttpNotAllowed</c>: it is neither https nor this machine.
    /// </exception>
    public static Uri Checked(Uri given, string parameter)
    {
        if (!System.Uri.TryCreate(given.OriginalString.Trim(), UriKind.Absolute, out Uri? address) || (address.Scheme != System.Uri.UriSchemeHttps && address.Scheme != System.Uri.UriSchemeHttp))
            throw Invalid($"'{Redaction.Address(given.OriginalString)}' is no web address.", parameter);
        if (address.UserInfo.Length > 0)
            throw Invalid($"There is a user name or password in the address of '{address.Host}'.", parameter);
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            throw Invalid($"'{Redaction.Address(address)}' has a '?' or '#' behind it.", parameter);
        // What is compared here must be what is connected to: a letter that another turns into would part the two.
        if (!Ascii.IsValid(address.Host))
            throw Invalid($"'{address.Host}' is written with letters beyond ASCII.", parameter);
        if (address.Scheme != System.Uri.UriSchemeHttps && !LoopbackHost.IsLoopback(address))
        {
            throw new FlowException("FlowHttpNotAllowed", AdxErrorKind.NotTrusted, $"'{Redaction.Address(address)}' is not https. Nothing was sent.")
            {
                RecommendedAction = "Use https. Plain http is for this machine only (localhost, 127.0.0.1, [::1]).",
            };
        }

        string path = address.AbsolutePath.TrimEnd('/');
        foreach (string known in (string[])[FlowServices.FlowService, "/data/foundation", "/ims/token/v3"])
            path = path.EndsWith(known, StringComparison.OrdinalIgnoreCase) ? path[..^known.Length] : path;
        return new UriBuilder(address) { Path = path }.Uri;
    }

    private static FlowException Invalid(string message, string parameter) =>
        FlowRefusal.Of("FlowInvalidArgument", message + " Nothing was sent.", $"Correct {parameter}, or leave it out for Adobe's own.");
}
