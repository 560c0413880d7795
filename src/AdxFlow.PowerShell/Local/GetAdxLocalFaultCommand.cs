using System.Management.Automation;
using AdxFlow.Local;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Local;

/// <summary>Shows the faults of the stand-in of this process: those that wait for requests, and those that are spent.</summary>
[Cmdlet(VerbsCommon.Get, "AdxLocalFault")]
[OutputType(typeof(AdxLocalFault))]
public sealed class GetAdxLocalFaultCommand : AdxCmdlet
{
    /// <summary>The faults to show; all by default.</summary>
    [Parameter(Position = 0)]
    public AdxLocalFaultName[]? Name { get; set; }

    /// <summary>Writes each.</summary>
    protected override void EndProcessing()
    {
        foreach (LocalFaultState state in LocalProcess.Running?.Faults ?? [])
        {
            if (!LocalFaultForms.HasName(state)) continue;
            AdxLocalFault fault = LocalFaultForms.Show(state);
            if (Name is null || Name.Contains(fault.Name)) WriteObject(fault);
        }
    }
}
