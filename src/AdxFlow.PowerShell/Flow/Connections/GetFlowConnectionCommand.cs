using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Shows base connections: all, by name, by id or of one connector.</summary>
[Cmdlet(VerbsCommon.Get, "FlowConnection", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FlowConnection))]
public sealed class GetFlowConnectionCommand : FlowCmdlet
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
            foreach (string id in ConnectionId)
            {
                if (TryAwait(Checked(() => connections.GetAsync(id, Stop), id), id, out FlowConnection? connection))
                    Write(connection);
            }
            return;
        }

        // One name is asked for; several, or patterns, are looked for in one list.
        if (Name is [{ } only] && !WildcardPattern.ContainsWildcardCharacters(only))
            WriteMatching(connections, WildcardPattern.Unescape(only));
        else
            WriteMatching(connections, null);
    }

    private void WriteMatching(FlowConnections connections, string? name)
    {
        WildcardPattern[] patterns = [.. Name.Select(static pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        bool[] found = new bool[Name.Length];
        bool isWhole = TryEach(connections.ListAsync(SpecId, name, Stop), name, connection =>
        {
            bool isWanted = false;
            for (int i = 0; i < patterns.Length; i++)
            {
                if (connection.Name == Name[i] || patterns[i].IsMatch(connection.Name ?? string.Empty))
                    isWanted = found[i] = true;
            }
            if (isWanted)
                Write(connection);
        });

        for (int i = 0; isWhole && i < Name.Length; i++)
        {
            if (found[i] || WildcardPattern.ContainsWildcardCharacters(Name[i]))
                continue;
            WriteError(new FlowException("FlowNotFound", AdxErrorKind.NotFound, $"There is no connection '{Name[i]}' in the sandbox '{SignedIn.Sandbox}'.")
            {
                RecommendedAction = "Check the name and the sandbox; Get-FlowConnection lists all that may be seen.",
            }.ToErrorRecord(Name[i]));
        }
    }

    private void Write(FlowConnection connection)
    {
        State.FlowNames.Remember(SignedIn, FlowEntity.Connection, connection.Id, connection.Name);
        WriteObject(connection);
    }
}
