using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>
/// How to sign in: which kind, and what it needs. It holds secrets and shows none.
/// A new kind is a new derived class and a new factory here.
/// </summary>
public abstract class AdxSignIn
{
    private protected AdxSignIn(AdxSignInKind kind)
    {
        Kind = kind;
    }

    /// <summary>Which kind this is.</summary>
    public AdxSignInKind Kind { get; }

    /// <summary>With a ready-made token, such as <c>Get-AzAccessToken -ResourceUrl https://kusto.kusto.windows.net</c> gives.</summary>
    /// <param name="token">The token, without "Bearer".</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn AccessToken(string token) => new AccessTokenSignIn(token);

    /// <summary>As an application with its key.</summary>
    /// <param name="applicationId">The application (client) id.</param>
    /// <param name="secret">The key.</param>
    /// <param name="tenantId">The tenant's id or domain name.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn ServicePrincipal(string applicationId, string secret, string tenantId) =>
        new ServicePrincipalSignIn(applicationId, secret, tenantId);

    /// <summary>As the managed identity of the Azure resource this runs on.</summary>
    /// <param name="clientId">The client id of a user-assigned identity; null means the system-assigned one.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn ManagedIdentity(string? clientId = null) => new ManagedIdentitySignIn(clientId);

    /// <summary>As whoever is signed in to the Azure CLI (<c>az login</c>).</summary>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn AzureCli() => new AzureCliSignIn();

    /// <summary>At a server on this machine, under the name of any principal.</summary>
    /// <param name="principal">Who to be, as <c>aadapp=id;tenant</c> or <c>aaduser=id;tenant</c>; null means the administrator.</param>
    /// <returns>The sign-in.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidPrincipal</c>: the text is no such principal.</exception>
    public static AdxSignIn Local(string? principal = null) => new LocalSignIn(principal);

    /// <summary>Names the kind, never what it holds.</summary>
    /// <returns>The kind's name.</returns>
    public sealed override string ToString() => Kind.ToString();

    /// <summary>
    /// What gets the tokens for one cluster; null where none is sent.
    /// </summary>
    internal abstract TokenCredential? CreateCredential(SignInContext context);

    /// <summary>Refuses a text that is missing, before anything is sent.</summary>
    private protected static string Required(string value, string what) =>
        !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, $"The {what} is missing.");
}
