using System.Management.Automation;
using System.Net;
using System.Security;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.PowerShell.Local;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Signs in to an Azure Data Explorer cluster and makes the connection the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Adx", DefaultParameterSetName = NoSignInSet)]
[OutputType(typeof(AdxConnection))]
public sealed class ConnectAdxCommand : AdxCmdlet
{
    private const string NoSignInSet = "NoSignIn";
    private const string AccessTokenSet = "AccessToken";
    private const string CredentialSet = "Credential";
    private const string ManagedIdentitySet = "ManagedIdentity";
    private const string AzureCliSet = "AzureCli";
    private const string LocalSet = "Local";

    /// <summary>The cluster: its URI, its name and region (<c>help.westus</c>), its ingestion URI, or a Kusto connection string.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NoSignInSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AccessTokenSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CredentialSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ManagedIdentitySet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AzureCliSet)]
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

    /// <summary>The tenant (directory) of the service principal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>Sign in as the managed identity of the machine, app or Automation account that this runs on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManagedIdentitySet)]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>The client id of a user-assigned managed identity; the system-assigned one by default.</summary>
    [Parameter(ParameterSetName = ManagedIdentitySet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Sign in as who is signed in to the Azure CLI.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AzureCliSet)]
    public SwitchParameter AzureCli { get; set; }

    /// <summary>Connect to the embedded stand-in of this process, which is started if none runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>Who to be for the stand-in, as <c>aadapp=…;…</c> or <c>aaduser=…;…</c>; its administrator by default.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? Principal { get; set; }

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
            TrustedHosts = TrustedHost,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        };
        AdxConnection connection = Await(AdxConnection.OpenAsync(options, Stop), ShownCluster);
        State.Connection = connection;
        WriteObject(connection);
    }

    private AdxSignIn? SignIn()
    {
        try
        {
            switch (ParameterSetName)
            {
                case AccessTokenSet:
                    return AdxSignIn.AccessToken(new NetworkCredential("", AccessToken).Password);
                case CredentialSet:
                    NetworkCredential key = Credential!.GetNetworkCredential();
                    return AdxSignIn.ServicePrincipal(key.UserName, key.Password, TenantId!);
                case ManagedIdentitySet:
                    return AdxSignIn.ManagedIdentity(ClientId);
                case AzureCliSet:
                    return AdxSignIn.AzureCli();
                case LocalSet:
                    return AdxSignIn.Local(Principal);
                case NoSignInSet when ConnectionString.Read(Cluster)?.SignIn is not null:
                    // Core takes it from there.
                    return null;
                default:
                    Throw(new AdxException("AdxSignInMissing", AdxErrorKind.InvalidArgument, $"It is not said how to sign in to '{ShownCluster}'.")
                    {
                        RecommendedAction = "Give one of -Credential with -TenantId, -ManagedIdentity, -AzureCli or -AccessToken; or -Local for the embedded stand-in and the Kusto emulator.",
                    }, ShownCluster);
                    throw new InvalidOperationException();
            }
        }
        catch (AdxException failure)
        {
            Throw(failure);
            throw;
        }
    }
}
