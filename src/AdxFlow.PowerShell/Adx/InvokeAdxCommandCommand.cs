using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Runs a management command (one that begins with a dot) and writes its rows as objects.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AdxCommand", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PSObject))]
public sealed class InvokeAdxCommandCommand : ConnectedCmdlet
{
    /// <summary>The command, such as <c>.show tables</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>How long it may take on the cluster; ten minutes by default.</summary>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Runs it. What only shows something runs with -WhatIf too.</summary>
    protected override void ProcessRecord()
    {
        bool onlyShows = Command.TrimStart().StartsWith(".show", StringComparison.OrdinalIgnoreCase);
        if (!onlyShows && !ShouldProcess($"{Connected.Cluster}{Connected.Database}", Command))
            return;
        AdxResultTable result = Await(Client.ExecuteCommandAsync(Command, new AdxRequestOptions { Operation = "Invoke-AdxCommand", Timeout = Timeout }, Stop), Command);
        var rows = new RowObjects(result.Columns, WriteWarning);
        foreach (object?[] row in result.Rows)
            WriteObject(rows.Row(row));
    }
}
