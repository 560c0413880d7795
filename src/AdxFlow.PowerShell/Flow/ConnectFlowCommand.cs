using System.Management.Automation;
using System.Net;
using AdxFlow.Flow;
using AdxFlow.Local;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Local;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow;

/// <summary>Signs in to Adobe Experience Platform and makes the session the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Flow", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(FlowSession))]
public sealed class ConnectFlowCommand : AdxCmdlet
{
    private const string CredentialSet = "Credential";
    private const string LocalSet = "Local";

    /// <summary>An OAuth server-to-server credential: the client id as user name, the client secret as password.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The organization, which ends with @AdobeOrg.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? OrganizationId { get; set; }

    /// <summary>The sandbox to work in, by name; the organization's default one by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    public string? Sandbox { get; set; }

    /// <summary>The scopes of the token; those that Experience Platform needs by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Scope { get; set; }

    /// <summary>The gateway; https://platform.adobe.io by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The identity service; https://ims-na1.adobelogin.com by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    public Uri? ImsUri { get; set; }

    /// <summary>Sign in to the embedded stand-in of this process, which is started if none runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>The proxy for every request but those to this machine; the system's own by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be for the proxy.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Signs in.</summary>
    protected override void EndProcessing()
    {
        FlowSession session = Await(FlowSession.OpenAsync(ParameterSetName == LocalSet ? LocalOptions() : Options(), Stop), OrganizationId);
        State.Flow = session;
        foreach (FlowSandbox sandbox in session.Sandboxes)
            State.FlowNames.RememberSandbox(sandbox);
        if (ParameterSetName == LocalSet)
            LocalNotice.Give(this);
        WriteObject(session);
    }

    private FlowSessionOptions Options()
    {
        NetworkCredential client = Credential!.GetNetworkCredential() ?? new NetworkCredential();
        return new FlowSessionOptions
        {
            ClientId = client.UserName,
            ClientSecret = client.Password,
            OrganizationId = OrganizationId!,
            Sandbox = Sandbox,
            Scopes = Scope,
            Uri = Uri,
            ImsUri = ImsUri,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        };
    }

    /// <summary>The stand-in takes any client and organization as given.</summary>
    private FlowSessionOptions LocalOptions()
    {
        LocalCluster running = LocalProcess.Start(0);
        return new FlowSessionOptions
        {
            ClientId = "local",
            ClientSecret = "local",
            OrganizationId = "local@AdobeOrg",
            Sandbox = Sandbox,
            Uri = running.FlowUri,
            ImsUri = running.ImsUri,
        };
    }
}
