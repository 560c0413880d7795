using System.Collections;
using System.Data;
using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Adx.Results;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Runs a management command (one that begins with a dot) and writes its rows as objects.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AdxCommand", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxRow), typeof(DataTable), typeof(string))]
public sealed class InvokeAdxCommandCommand : ConnectedCmdlet
{
    /// <summary>The command, such as <c>.show tables</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>Client request options, such as <c>@{ request_readonly = $true }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Option { get; set; }

    /// <summary>How long it may take on the cluster; ten minutes by default, an hour at most.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Objects, one a row; or a data table for each result; or a line of JSON for each row.</summary>
    [Parameter]
    public AdxResultForm As { get; set; }

    /// <summary>Runs it. What only shows something runs with -WhatIf too.</summary>
    protected override void ProcessRecord()
    {
        if (!QueryText.OnlyShows(Command) && !ShouldProcess($"{Connected.Cluster}{Connected.Database}", Command))
            return;

        var options = new AdxRequestOptions
        {
            Operation = "Invoke-AdxCommand",
            Options = Checked(() => RequestValues.Of(Option), Command),
            Timeout = Timeout,
            DynamicAsJson = As != AdxResultForm.Object,
        };
        var warnings = new ResultWarnings();
        IReadOnlyList<AdxResultTable> results = Await(Client.ExecuteCommandTablesAsync(Command, options, Stop), Command);
        if (results.Count > 1 && As != AdxResultForm.DataTable)
            warnings.Add("The command has several results; their rows follow one another. -As DataTable gives each as a table of its own.");
        foreach (AdxResultTable result in results)
        {
            var output = ResultOutput.Create(As, result.Name, result.Columns, warnings);
            object[] rows = output.Add([.. result.Rows]);
            warnings.Tell(WriteWarning);
            RowSerialization.Prepare(rows);
            WriteObject(rows, enumerateCollection: true);
            WriteObject(output.End(), enumerateCollection: true);
        }
    }
}
