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

        // The service finds one name, if its letters are of the same case; several, or patterns, are looked for in the whole list.
        bool isOne = Name is [{ } only] && !WildcardPattern.ContainsWildcardCharacters(only);
        bool isFound = isOne && WriteMatching(connections, WildcardPattern.Unescape(Name[0]), isLast: false);
        if (!isFound)
            WriteMatching(connections, null, isLast: true);
    }

    /// <summary>Writes those that match; false where there are none and one may look on.</summary>
    private bool WriteMatching(FlowConnections connections, string? name, bool isLast)
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

        for (int i = 0; isWhole && isLast && i < Name.Length; i++)
        {
            if (found[i] || WildcardPattern.ContainsWildcardCharacters(Name[i]))
                continue;
            WriteError(new FlowException("FlowNotFound", AdxErrorKind.NotFound, $"There is no connection '{Name[i]}' in the sandbox '{SignedIn.Sandbox}'.")
            {
                RecommendedAction = "Check the name and the sandbox; Get-FlowConnection lists all that may be seen.",
            }.ToErrorRecord(Name[i]));
        }
        return !isWhole || found.Contains(true);
    }

    private void Write(FlowConnection connection)
    {
        State.FlowNames.Remember(SignedIn, FlowEntity.Connection, connection.Id, connection.Name);
        WriteObject(connection);
    }
}
