using System.Management.Automation;

namespace AdxFlow.Bench;

/// <summary>Writes rows one by one, any number of them, without ever holding more than one.</summary>
[Cmdlet(VerbsCommon.New, "BenchRow")]
[OutputType(typeof(BenchRow))]
public sealed class NewBenchRowCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public long Count { get; set; }

    protected override void ProcessRecord()
    {
        for (long number = 0; number < Count; number++)
            WriteObject(BenchRow.Of(number));
    }
}
