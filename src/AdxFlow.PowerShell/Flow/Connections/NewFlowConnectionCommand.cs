using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AdxFlow.Adx;
using AdxFlow.Connector;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Makes a base connection: to a database in Azure Data Explorer, or with any other connector.</summary>
[Cmdlet(VerbsCommon.New, "FlowConnection", DefaultParameterSetName = ClusterSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowConnection))]
public sealed class NewFlowConnectionCommand : FlowCmdlet
{
    private const string ClusterSet = "Cluster";
    private const string ConnectionSet = "AdxConnection";
    private const string SpecSet = "Spec";

    /// <summary>The name; no other connection of the sandbox may have it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>A few words about it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>The service principal that Adobe is to read as: the application id as user name, its key as password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClusterSet)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The tenant of the service principal; that of the connection by default, where one is given.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClusterSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The cluster: its URI, or its name and region.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClusterSet)]
    [ValidateNotNullOrEmpty]
    public string? Cluster { get; set; }

    /// <summary>The database; that of the connection by default, where one is given.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClusterSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    public string? Database { get; set; }

    /// <summary>A connection of Connect-Adx that says cluster, database and tenant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet)]
    [ValidateNotNull]
    public AdxConnection? AdxConnection { get; set; }

    /// <summary>First gives the service principal the role Viewer on the database, over that connection.</summary>
    [Parameter(ParameterSetName = ConnectionSet)]
    public SwitchParameter GrantViewer { get; set; }

    /// <summary>The connection spec of another connector.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpecSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionSpecIdCompleter))]
    public string? SpecId { get; set; }

    /// <summary>How it is to sign in; needed where the spec knows several ways.</summary>
    [Parameter(ParameterSetName = SpecSet)]
    [ValidateNotNullOrEmpty]
    public string? AuthSpec { get; set; }

    /// <summary>What that takes, by name. Secrets as SecureString do not show.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [ValidateNotNull]
    public IDictionary? AuthParameter { get; set; }

    /// <summary>Makes a draft, which Publish-FlowConnection makes a connection of.</summary>
    [Parameter]
    public SwitchParameter Draft { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        FlowConnectionDefinition definition = Checked(Definition, Name);
        AdxPrincipal? reader = GrantViewer ? Checked(() => AdxPrincipal.Application(Credential!.UserName, Tenant()), Credential!.UserName) : null;
        if (reader is not null && !ShouldProcess(reader.ToString(), $"Grant the role Viewer on {DatabaseName}"))
            reader = null;
        string what = Draft ? "Make a draft of a connection" : "Make a connection";
        if (!ShouldProcess(SignedIn.ToString(), $"{what} '{Name}'"))
            return;
        bool isGranted = false;
        Task<FlowConnection> making = new FlowConnections(Client).CreateAsync(definition, Stop, reader is null ? null : async cancel =>
        {
            await new AdxRoles(new AdxClient(AdxConnection!)).GrantAsync(AdxRole.Viewer, reader, DatabaseName, cancellationToken: cancel);
            isGranted = true;
        });
        // The role stays where the service refuses the connection, so it is told first.
        Task.WaitAny(making);
        if (isGranted)
            WriteInformation(new HostInformationMessage { Message = $"'{reader}' has the role Viewer on the database '{DatabaseName}'." }, ["PSHOST"]);
        if (!TryAwait(making, Name, out FlowConnection? made))
            return;
        State.FlowNames.Remember(SignedIn, FlowEntity.Connection, made.Id, made.Name);
        WriteObject(made);
    }

    private FlowConnectionDefinition Definition() => ParameterSetName == SpecSet ? OfSpec() : OfDataExplorer();

    private FlowConnectionDefinition OfDataExplorer()
    {
        string key = Credential!.GetNetworkCredential().Password;
        return new FlowConnectionDefinition
        {
            Name = Name!,
            Description = Description,
            SpecId = DataExplorerSpec.Id,
            SpecVersion = DataExplorerSpec.Version,
            AuthSpec = DataExplorerSpec.AuthSpec,
            Parameters = new DataExplorerParameters(SignedIn).Of(Cluster ?? AdxConnection!.Cluster.AbsoluteUri, DatabaseName, Tenant(), Credential.UserName, key),
            Secrets = [key],
            IsDraft = Draft,
        };
    }

    private FlowConnectionDefinition OfSpec()
    {
        (JsonObject parameters, IReadOnlyList<string> secrets) = AuthParameters.Read(AuthParameter!);
        return new FlowConnectionDefinition
        {
            Name = Name!,
            Description = Description,
            SpecId = SpecId!,
            AuthSpec = AuthSpec,
            Parameters = parameters,
            Secrets = secrets,
            IsDraft = Draft,
        };
    }

    private string DatabaseName => Database ?? AdxConnection!.Database;

    private string Tenant() => TenantId ?? AdxConnection!.TenantId ?? throw FlowRefusal.Of("FlowInvalidConnection", "The tenant of the service principal is not known. Nothing was made.", "Give -TenantId.");
}
