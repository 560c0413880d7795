using System.Management.Automation;

namespace AdxFlow.Bench;

/// <summary>Writes rows one by one, any number of them, without ever holding more than one.</summary>
[Cmdlet(VerbsCommon.New, "BenchRow")]
[OutputType(typeof(PSObject), typeof(BenchRow))]
public sealed class NewBenchRowCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public long Count { get; set; }

    /// <summary>As .NET objects; custom objects by default.</summary>
    [Parameter]
    public SwitchParameter Typed { get; set; }

    protected override void ProcessRecord()
    {
        for (long number = 0; number < Count; number++)
            WriteObject(Typed ? BenchRow.Of(number) : Custom(BenchRow.Of(number)));
    }

    private static PSObject Custom(BenchRow row)
    {
        var custom = new PSObject();
        custom.Properties.Add(new PSNoteProperty(nameof(row.Id), row.Id), preValidated: true);
        custom.Properties.Add(new PSNoteProperty(nameof(row.Time), row.Time), preValidated: true);
        custom.Properties.Add(new PSNoteProperty(nameof(row.Computer), row.Computer), preValidated: true);
        custom.Properties.Add(new PSNoteProperty(nameof(row.Value), row.Value), preValidated: true);
        custom.Properties.Add(new PSNoteProperty(nameof(row.Ok), row.Ok), preValidated: true);
        custom.Properties.Add(new PSNoteProperty(nameof(row.Message), row.Message), preValidated: true);
        return custom;
    }
}
