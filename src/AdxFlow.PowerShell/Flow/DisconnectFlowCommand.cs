using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow;

/// <summary>Forgets the default session of this runspace, and its token with it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Flow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class DisconnectFlowCommand : AdxCmdlet
{
    /// <summary>Forgets it.</summary>
    protected override void EndProcessing()
    {
        if (State.Flow is { } session && ShouldProcess(session.ToString(), "Forget the session"))
            State.Flow = null;
    }
}
