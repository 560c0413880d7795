using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net;
using System.Security;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.PowerShell.Local;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Signs in to an Azure Data Explorer cluster and makes the connection the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Adx", DefaultParameterSetName = InteractiveSet)]
[OutputType(typeof(AdxConnection))]
public sealed class ConnectAdxCommand : AdxCmdlet
{
    private const string InteractiveSet = "Interactive";
    private const string AccessTokenSet = "AccessToken";
    private const string CredentialSet = "Credential";
    private const string CertificateFileSet = "CertificateFile";
    private const string CertificateThumbprintSet = "CertificateThumbprint";
    private const string ManagedIdentitySet = "ManagedIdentity";
    private const string WorkloadIdentitySet = "WorkloadIdentity";
    private const string AzureCliSet = "AzureCli";
    private const string AzurePowerShellSet = "AzurePowerShell";
    private const string DeviceCodeSet = "DeviceCode";
    private const string LocalSet = "Local";

    // What the sign-in shows comes from other threads; only the pipeline's may write.
    private readonly BlockingCollection<string> _messages = [];

    /// <summary>The cluster: its URI, its name and region (<c>help.westus</c>), its ingestion URI, or a Kusto connection string.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InteractiveSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AccessTokenSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CredentialSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CertificateThumbprintSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ManagedIdentitySet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WorkloadIdentitySet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AzureCliSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AzurePowerShellSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DeviceCodeSet)]
    [Parameter(Position = 0, ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? Cluster { get; set; }

    /// <summary>The database that commands use unless told otherwise; NetDefaultDB by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The ingestion service, where it is not the cluster's name with <c>ingest-</c> before it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? IngestionUri { get; set; }

    /// <summary>A token for the cluster, such as the one of Get-AzAccessToken. It is not renewed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>A service principal: the application id as user name, its key as password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The application (client) id of the service principal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateThumbprintSet)]
    [ValidateNotNullOrEmpty]
    public string? ApplicationId { get; set; }

    /// <summary>The tenant (directory): that of the service principal, or the one to get a user's token from.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateThumbprintSet)]
    [Parameter(ParameterSetName = AzureCliSet)]
    [Parameter(ParameterSetName = AzurePowerShellSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>A service principal's certificate with its private key, in a PFX or PEM file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>What the file of the certificate is encrypted with.</summary>
    [Parameter(ParameterSetName = CertificateFileSet)]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The thumbprint of a service principal's certificate in the personal store of the user or the machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateThumbprintSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>Send the certificate along, for an application that trusts its subject name and issuer.</summary>
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = CertificateThumbprintSet)]
    public SwitchParameter SendCertificateChain { get; set; }

    /// <summary>Sign in as the managed identity of the machine, app or Automation account that this runs on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManagedIdentitySet)]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>The client id of a user-assigned managed identity; the system-assigned one by default.</summary>
    [Parameter(ParameterSetName = ManagedIdentitySet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Sign in as the application that trusts this pod's service account (Entra Workload ID).</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkloadIdentitySet)]
    public SwitchParameter WorkloadIdentity { get; set; }

    /// <summary>Sign in as who is signed in to the Azure CLI.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AzureCliSet)]
    public SwitchParameter AzureCli { get; set; }

    /// <summary>Sign in as who is signed in to Azure PowerShell.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AzurePowerShellSet)]
    public SwitchParameter AzurePowerShell { get; set; }

    /// <summary>Sign in as a user, who enters a code in a browser on any machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Connect to the embedded stand-in of this process, which is started if none runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>Who to be for the stand-in, as <c>aadapp=…;…</c> or <c>aaduser=…;…</c>; its administrator by default.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? Principal { get; set; }

    /// <summary>How long getting a token may take; 15 seconds for a managed identity, a minute for the others, and without end where a person signs in.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? SignInTimeout { get; set; }

    /// <summary>A further host to trust, exactly (<c>adx.contoso.net</c>) or with what stands before it (<c>.contoso.net</c>).</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] TrustedHost { get; set; } = [];

    /// <summary>The proxy for every request but those to this machine and its identity endpoint; the system's own by default.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be for the proxy.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    // People paste addresses with a key or a signature in them; an error would carry it on into logs.
    private string? ShownCluster => Cluster is null ? null : ConnectionString.Shown(Cluster);

    /// <summary>Connects.</summary>
    protected override void EndProcessing()
    {
        var options = new AdxConnectionOptions
        {
            Cluster = Cluster ?? LocalProcess.Start(0).ClusterUri.AbsoluteUri,
            Database = Database,
            IngestionUri = IngestionUri,
            SignIn = SignIn(),
            SignInTimeout = SignInTimeout,
            TrustedHosts = TrustedHost,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        };
        Task<AdxConnection> opening = OpenAsync(options);
        foreach (string message in _messages.GetConsumingEnumerable())
            ShowUser(message);
        AdxConnection connection = Await(opening, ShownCluster);
        State.Connection = connection;
        if (LocalNotice.IsStandIn(connection.ServerVersion))
            LocalNotice.Give(this);
        WriteObject(connection);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _messages.Dispose();
        base.Dispose(disposing);
    }

    private async Task<AdxConnection> OpenAsync(AdxConnectionOptions options)
    {
        try
        {
            return await AdxConnection.OpenAsync(options, Stop);
        }
        finally
        {
            _messages.CompleteAdding();
        }
    }

    /// <summary>As Write-Host does: to whoever sits there, or to whoever receives the job, whatever the preferences are.</summary>
    private void ShowUser(string message) => WriteInformation(new HostInformationMessage { Message = message }, ["PSHOST"]);

    private AdxSignIn? SignIn()
    {
        try
        {
            return ParameterSetName switch
            {
                AccessTokenSet => AdxSignIn.AccessToken(Text(AccessToken)!),
                CredentialSet => ServicePrincipal(Credential!.GetNetworkCredential() ?? new NetworkCredential()),
                CertificateFileSet => AdxSignIn.CertificateFile(ApplicationId!, FullPath(CertificatePath!), Text(CertificatePassword), TenantId!, SendCertificateChain),
                CertificateThumbprintSet => AdxSignIn.CertificateThumbprint(ApplicationId!, CertificateThumbprint!, TenantId!, SendCertificateChain),
                ManagedIdentitySet => AdxSignIn.ManagedIdentity(ClientId),
                WorkloadIdentitySet => AdxSignIn.WorkloadIdentity(),
                AzureCliSet => AdxSignIn.AzureCli(TenantId),
                AzurePowerShellSet => AdxSignIn.AzurePowerShell(TenantId),
                DeviceCodeSet when Session.HasReader => AdxSignIn.DeviceCode(_messages.Add, TenantId),
                DeviceCodeSet => throw Unattended("Nobody would see the code: this session is not interactive."),
                LocalSet => AdxSignIn.Local(Principal),
                // What the connection string says is Core's to take from there.
                _ when Written?.SignIn is not null => null,
                // The emulator and the stand-in ask nobody to sign in.
                _ when IsOnThisMachine => AdxSignIn.Local(),
                _ when Session.HasBrowser => AdxSignIn.InteractiveBrowser(TenantId ?? Written?.Tenant, Written?.LoginHint),
                _ => throw Unattended($"It is not said how to sign in to '{ShownCluster}', and no browser can be opened in this session."),
            };
        }
        catch (AdxException failure)
        {
            Throw(failure, ShownCluster);
            throw;
        }
    }

    private AdxSignIn ServicePrincipal(NetworkCredential key) => AdxSignIn.ServicePrincipal(key.UserName, key.Password, TenantId!);

    private ConnectionString? Written => ConnectionString.Read(Cluster);

    private bool IsOnThisMachine => TenantId is null && LoopbackHost.IsLoopback(ClusterAddress.Parse(Written?.DataSource ?? Cluster!, IngestionUri).Cluster);

    private HostSession Session => HostSession.Of(Host.Name);

    private static AdxException Unattended(string message) => new("AdxSignInMissing", AdxErrorKind.InvalidArgument, message)
    {
        RecommendedAction = "Give one of -ManagedIdentity, -WorkloadIdentity, -Credential, -CertificatePath, -CertificateThumbprint, -AzureCli, -AzurePowerShell or -AccessToken; "
            + "where somebody can enter a code, -DeviceCode; or -Local for the embedded stand-in and the Kusto emulator.",
    };

    private static string? Text(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;

    private string FullPath(string path)
    {
        try
        {
            string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem"
                ? full
                : throw new AdxException("AdxInvalidCertificate", AdxErrorKind.InvalidArgument, $"'{path}' is not a file.")
                {
                    RecommendedAction = "Give the path of a PFX or PEM file; for a certificate of the store give -CertificateThumbprint.",
                };
        }
        catch (Exception unknown) when (unknown is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSInvalidOperationException)
        {
            throw new AdxException("AdxInvalidCertificate", AdxErrorKind.InvalidArgument, $"'{path}' is not a path: {unknown.Message}", unknown)
            {
                RecommendedAction = "Give the path of a PFX or PEM file; for a certificate of the store give -CertificateThumbprint.",
            };
        }
    }
}
