using System.Collections;
using System.Data;
using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Adx.Results;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Runs a KQL query and writes its rows as objects while they arrive.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AdxQuery", DefaultParameterSetName = RunSet)]
[OutputType(typeof(AdxRow), typeof(DataTable), typeof(string), ParameterSetName = [RunSet])]
[OutputType(typeof(AdxDeepLink), ParameterSetName = [LinkSet])]
public sealed class InvokeAdxQueryCommand : ConnectedCmdlet
{
    private const string RunSet = "Run";
    private const string LinkSet = "DeepLink";

    /// <summary>The query.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>Values for the parameters of the query. Where it declares none, they are declared for it.</summary>
    [Parameter(ParameterSetName = RunSet)]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    /// <summary>Client request options, such as <c>@{ notruncation = $true }</c>.</summary>
    [Parameter(ParameterSetName = RunSet)]
    [ValidateNotNull]
    public Hashtable? Option { get; set; }

    /// <summary>How long the query may take on the cluster; four minutes by default, an hour at most.</summary>
    [Parameter(ParameterSetName = RunSet)]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Objects, one a row; or a data table for each result; or a line of JSON for each row.</summary>
    [Parameter(ParameterSetName = RunSet)]
    public AdxResultForm As { get; set; }

    /// <summary>Writes links that open the query in a browser, and runs nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LinkSet)]
    public SwitchParameter DeepLink { get; set; }

    /// <summary>Runs it.</summary>
    protected override void ProcessRecord()
    {
        if (DeepLink)
        {
            WriteObject(AdxDeepLink.Create(Connected.Cluster, Connected.Database, Query));
            return;
        }

        var options = new AdxRequestOptions
        {
            Operation = "Invoke-AdxQuery",
            Parameters = Checked(() => RequestValues.Parameters(Parameter), Query),
            Options = Checked(() => RequestValues.Of(Option), Query),
            Timeout = Timeout,
            DynamicAsJson = As != AdxResultForm.Object,
        };
        AdxQueryReader reader = Await(Client.QueryAsync(Query, options, Stop), Query);
        WriteVerbose($"Query {reader.ClientRequestId} in database '{Connected.Database}' of {Connected.Cluster}: .show queries lists it by that id.");
        var warnings = new ResultWarnings();
        using var result = new ResultStream(reader, As, warnings, Stop);
        while (Await(result.WaitAsync(Stop), Query))
        {
            while (result.TryTake(out Task<object[]>? making))
            {
                object[] block = Await(making, Query);
                warnings.Tell(WriteWarning);
                RowSerialization.Prepare(block);
                // One call for all of them is much cheaper; what is in them is not taken apart.
                WriteObject(block, enumerateCollection: true);
            }
        }

        warnings.Tell(WriteWarning);
    }
}
