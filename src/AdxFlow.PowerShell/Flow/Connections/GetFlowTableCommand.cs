using System.Management.Automation;
using System.Text.Json;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Shows the tables that a connection reaches, their columns, or their first rows.</summary>
[Cmdlet(VerbsCommon.Get, "FlowTable")]
[OutputType(typeof(FlowTable), typeof(PSObject))]
public sealed class GetFlowTableCommand : FlowCmdlet
{
    /// <summary>The id of the connection.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>Tables, by path, name or wildcard pattern; all tables by default. One that is named comes with its columns.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FlowTableCompleter))]
    public string[] Table { get; set; } = ["*"];

    /// <summary>Tells the columns of every table, which takes a request for each.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Writes the first rows instead of the tables, as many as the connector gives.</summary>
    [Parameter]
    public SwitchParameter Preview { get; set; }

    /// <summary>Writes tables, or rows.</summary>
    protected override void ProcessRecord()
    {
        var explorer = new FlowExplorer(Client);
        foreach (string table in Table)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(table))
            {
                WriteTable(explorer, WildcardPattern.Unescape(table));
                continue;
            }
            var pattern = WildcardPattern.Get(table, WildcardOptions.IgnoreCase);
            var tables = new List<FlowTable>();
            if (!TryEach(Checked(() => explorer.ListAsync(ConnectionId!, Stop), ConnectionId), ConnectionId, tables.Add))
                continue;
            // A name that reads as a pattern means the table too that is called so.
            foreach (FlowTable found in tables.Where(found => found.Table == table || pattern.IsMatch(found.Table) || pattern.IsMatch(found.Name ?? string.Empty)))
            {
                if (Detailed || Preview)
                    WriteTable(explorer, found.Table);
                else
                    Write(found);
            }
        }
    }

    private void WriteTable(FlowExplorer explorer, string table)
    {
        if (!Preview)
        {
            if (TryAwait(Checked(() => explorer.GetAsync(ConnectionId!, table, Stop), table), table, out FlowTable? found))
                Write(found);
            return;
        }
        if (!TryAwait(Checked(() => explorer.PreviewAsync(ConnectionId!, table, Stop), table), table, out FlowTableContent? content))
            return;
        State.FlowNames.RememberTable(SignedIn, ConnectionId!, content.Table.Table);
        var rows = new PreviewRows(content.Table.Columns!);
        foreach (JsonElement row in content.Rows)
            WriteObject(rows.Read(row));
    }

    private void Write(FlowTable table)
    {
        State.FlowNames.RememberTable(SignedIn, ConnectionId!, table.Table);
        WriteObject(table);
    }
}
