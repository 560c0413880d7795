using System.Management.Automation;

namespace AdxFlow.Bench;

/// <summary>Counts objects and does nothing else: the null sink behind what is measured, which also knows whether all came.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Row")]
[OutputType(typeof(long))]
public sealed class MeasureRowCommand : PSCmdlet
{
    private long _rows;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord() => _rows++;

    protected override void EndProcessing() => WriteObject(_rows);
}
