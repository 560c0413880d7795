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

    /// <summary>As an application with a certificate in a file: PFX (PKCS #12) or PEM, with its private key.</summary>
    /// <param name="applicationId">The application (client) id.</param>
    /// <param name="path">The file. It is read again when it has changed, so that a certificate may be renewed during a run.</param>
    /// <param name="password">What the file or its key is encrypted with; null means nothing.</param>
    /// <param name="tenantId">The tenant's id or domain name.</param>
    /// <param name="sendCertificateChain">Whether to send the certificate along, as an application needs that trusts subject name and issuer; false by default.</param>
    /// <returns>The sign-in.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxInvalidCertificate</c>: there is no such file, the password is wrong, it holds no RSA private key, or it is not valid now.
    /// </exception>
    public static AdxSignIn CertificateFile(string applicationId, string path, string? password, string tenantId, bool sendCertificateChain = false) =>
        new CertificateFileSignIn(applicationId, path, password, tenantId, sendCertificateChain, TimeProvider.System);

    /// <summary>As an application with a certificate from the user's or the machine's own store (<c>My</c>), in this order.</summary>
    /// <param name="applicationId">The application (client) id.</param>
    /// <param name="thumbprint">The certificate's SHA-1 thumbprint: 40 hexadecimal digits; blanks are left out.</param>
    /// <param name="tenantId">The tenant's id or domain name.</param>
    /// <param name="sendCertificateChain">Whether to send the certificate along, as an application needs that trusts subject name and issuer; false by default.</param>
    /// <returns>The sign-in.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxInvalidCertificate</c>: it is in neither store, has no RSA private key that this account may use, or is not valid now.
    /// </exception>
    public static AdxSignIn CertificateThumbprint(string applicationId, string thumbprint, string tenantId, bool sendCertificateChain = false) =>
        new CertificateThumbprintSignIn(applicationId, thumbprint, tenantId, sendCertificateChain, TimeProvider.System);

    /// <summary>
    /// As the managed identity of the Azure resource this runs on: a virtual machine, App Service, Functions, Arc, a Kubernetes node,
    /// or an Azure Automation account.
    /// </summary>
    /// <param name="clientId">The client id of a user-assigned identity; null means the system-assigned one.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn ManagedIdentity(string? clientId = null) => new ManagedIdentitySignIn(clientId);

    /// <summary>As an application that trusts the token of a Kubernetes service account (Entra Workload ID).</summary>
    /// <param name="applicationId">The application (client) id; null means the variable <c>AZURE_CLIENT_ID</c>.</param>
    /// <param name="tenantId">The tenant's id; null means the variable <c>AZURE_TENANT_ID</c>.</param>
    /// <param name="tokenFile">The file with the token; null means the variable <c>AZURE_FEDERATED_TOKEN_FILE</c>. It is read again for each renewal.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn WorkloadIdentity(string? applicationId = null, string? tenantId = null, string? tokenFile = null) =>
        new WorkloadIdentitySignIn(applicationId, tenantId, tokenFile);

    /// <summary>As whoever is signed in to the Azure CLI (<c>az login</c>).</summary>
    /// <param name="tenantId">The tenant to get the token from; null means the one of the CLI's default subscription.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn AzureCli(string? tenantId = null) => new AzureCliSignIn(tenantId);

    /// <summary>As whoever is signed in to Azure PowerShell (<c>Connect-AzAccount</c>, saved for other processes, as it is by default).</summary>
    /// <param name="tenantId">The tenant to get the token from; null means the one of the default context.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn AzurePowerShell(string? tenantId = null) => new AzurePowerShellSignIn(tenantId);

    /// <summary>As a user, who enters a code in a browser on any machine.</summary>
    /// <param name="show">Shows the user what to do: the address and the code, in one text. It is called once, on any thread, and only while connecting.</param>
    /// <param name="tenantId">The tenant's id or domain name; null means the user's own.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn DeviceCode(Action<string> show, string? tenantId = null) => new DeviceCodeSignIn(show, tenantId);

    /// <summary>As a user, in the browser of this machine.</summary>
    /// <param name="tenantId">The tenant's id or domain name; null means the user's own.</param>
    /// <param name="loginHint">The user's name, to fill in; null means nobody's.</param>
    /// <returns>The sign-in.</returns>
    public static AdxSignIn InteractiveBrowser(string? tenantId = null, string? loginHint = null) => new InteractiveBrowserSignIn(tenantId, loginHint);

    /// <summary>At a server on this machine, under the name of any principal.</summary>
    /// <param name="principal">Who to be, as <c>aadapp=id;tenant</c> or <c>aaduser=id;tenant</c>; null means the administrator.</param>
    /// <returns>The sign-in.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidPrincipal</c>: the text is no such principal.</exception>
    public static AdxSignIn Local(string? principal = null) => new LocalSignIn(principal);

    /// <summary>Names the kind, never what it holds.</summary>
    /// <returns>The kind's name.</returns>
    public sealed override string ToString() => Kind.ToString();

    /// <summary>How long a token request may take where nobody says; null means without end, as a person is waited for.</summary>
    internal virtual TimeSpan? DefaultTimeout => TimeSpan.FromSeconds(60);

    /// <summary>
    /// What gets the tokens for one cluster; null where none is sent.
    /// </summary>
    internal abstract TokenCredential? CreateCredential(SignInContext context);

    /// <summary>Refuses a text that is missing, before anything is sent.</summary>
    private protected static string Required(string value, string what) =>
        !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, $"The {what} is missing.") { RecommendedAction = "Give it, or choose another way to sign in." };
}
