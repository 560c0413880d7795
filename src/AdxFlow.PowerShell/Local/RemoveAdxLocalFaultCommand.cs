using System.Management.Automation;
using AdxFlow.Local;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Local;

/// <summary>Takes faults out of the stand-in of this process, so that they strike no further request.</summary>
[Cmdlet(VerbsCommon.Remove, "AdxLocalFault", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class RemoveAdxLocalFaultCommand : AdxCmdlet
{
    /// <summary>The numbers of the faults, as Get-AdxLocalFault tells them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>Removes them one by one.</summary>
    protected override void ProcessRecord()
    {
        LocalCluster? running = LocalProcess.Running;
        foreach (int id in Id)
        {
            if (running?.Faults.FirstOrDefault(f => f.Id == id) is not { } state)
            {
                WriteError(new AdxException("AdxLocalFaultNotFound", AdxErrorKind.NotFound, $"The stand-in has no fault {id}.")
                {
                    RecommendedAction = "Get-AdxLocalFault shows those it has.",
                }.ToErrorRecord(id));
                continue;
            }

            string what = LocalFaultForms.HasName(state) ? $"{LocalFaultForms.Show(state)}" : "a fault";
            if (ShouldProcess($"{running.ClusterUri} ({what})", $"Remove fault {id}")) running.RemoveFault(id);
        }
    }
}
