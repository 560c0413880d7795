using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AdxFlow.Connector;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Changes a base connection: its name, its description, or the key it signs in with.</summary>
[Cmdlet(VerbsCommon.Set, "FlowConnection", DefaultParameterSetName = CredentialSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowConnection))]
public sealed class SetFlowConnectionCommand : FlowEntityCmdlet
{
    private const string CredentialSet = "Credential";
    private const string SpecSet = "AuthParameter";

    /// <summary>The id of the connection.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>The new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The new description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The service principal to read Azure Data Explorer as from now on: the application id, and its new key.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Its tenant; the one of now by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The cluster; the one of now by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? Cluster { get; set; }

    /// <summary>The database; the one of now by default.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>All parameters of the sign-in, for a connection of another connector.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [ValidateNotNull]
    public IDictionary? AuthParameter { get; set; }

    /// <summary>The version that is meant; by default that of the object piped in, else the present one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ETag { get; set; }

    /// <summary>Writes the connection as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes it.</summary>
    protected override void ProcessRecord()
    {
        string id = ConnectionId!;
        if (Name is null && Description is null && Credential is null && AuthParameter is null)
        {
            Throw(FlowRefusal.Of("FlowInvalidArgument", "It is not said what to change. Nothing was sent.", "Give -Name, -Description, -Credential or -AuthParameter. Cluster, database and tenant are changed together with -Credential: the service takes them as one."), id);
        }
        if (!ShouldProcess(Shown(FlowEntity.Connection, id), "Change the connection" + (Credential is null && AuthParameter is null ? string.Empty : " and the key it signs in with")))
            return;

        if (TryAwait(new FlowConnections(Client).UpdateAsync(id, Change, ETag, Stop), id, out FlowConnection? changed))
        {
            State.FlowNames.Remember(SignedIn, FlowEntity.Connection, changed.Id, changed.Name);
            if (PassThru)
                WriteObject(changed);
        }
    }

    private FlowConnectionChange Change(FlowConnection present)
    {
        (JsonObject? parameters, IReadOnlyList<string> secrets) = (null, (IReadOnlyList<string>)[]);
        if (AuthParameter is not null)
            (parameters, secrets) = AuthParameters.Read(AuthParameter);
        else if (Credential is not null)
        {
            string key = Credential.GetNetworkCredential()?.Password ?? "";
            (parameters, secrets) = (new DataExplorerParameters(SignedIn).Of(present, Cluster, Database, TenantId, Credential.UserName, key), [key]);
        }
        return new FlowConnectionChange { Name = Name, Description = Description, Parameters = parameters, Secrets = secrets };
    }
}
