using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>A cmdlet about base connections that are there.</summary>
public abstract class ConnectionIdCmdlet : FlowEntityCmdlet
{
    /// <summary>The ids of the connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string[] ConnectionId { get; set; } = [];

    private protected FlowConnections Connections => new(Client);
}
