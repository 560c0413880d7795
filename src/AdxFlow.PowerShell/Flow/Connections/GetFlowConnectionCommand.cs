using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Shows base connections: all, by name, by id or of one connector.</summary>
[Cmdlet(VerbsCommon.Get, "FlowConnection", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FlowConnection))]
public sealed class GetFlowConnectionCommand : FlowEntityCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names or wildcard patterns; all connections by default.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of connections.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string[] ConnectionId { get; set; } = [];

    /// <summary>Only those of this connector.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionSpecIdCompleter))]
    public string? SpecId { get; set; }

    /// <summary>Writes the connections, as the pages arrive.</summary>
    protected override void ProcessRecord()
    {
        var connections = new FlowConnections(Client);
        if (ParameterSetName == IdSet)
        {
            WriteById(ConnectionId, id => connections.GetAsync(id, Stop), Write);
            return;
        }

        // The service finds one name, if its letters are of the same case; several, or patterns, are looked for in the whole list.
        bool isOne = Name is [{ } only] && !WildcardPattern.ContainsWildcardCharacters(only);
        if (isOne && WriteNamed(connections, WildcardPattern.Unescape(Name[0])))
            return;
        WriteNamed(connections.ListAsync(SpecId, null, Stop), Name, static connection => connection.Name ?? string.Empty, Write, "connection");
    }

    /// <summary>Writes those of a name; false where there are none, and one may look on.</summary>
    private bool WriteNamed(FlowConnections connections, string name)
    {
        bool isFound = false;
        bool isWhole = TryEach(connections.ListAsync(SpecId, name, Stop), name, connection =>
        {
            isFound = true;
            Write(connection);
        });
        return isFound || !isWhole;
    }

    private void Write(FlowConnection connection) => Write(FlowEntity.Connection, connection.Id, connection.Name ?? string.Empty, connection);
}
