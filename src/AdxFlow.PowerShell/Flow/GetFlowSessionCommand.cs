using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow;

/// <summary>Shows the default session of this runspace: organization, sandbox, and as whom.</summary>
[Cmdlet(VerbsCommon.Get, "FlowSession")]
[OutputType(typeof(FlowSession))]
public sealed class GetFlowSessionCommand : AdxCmdlet
{
    /// <summary>Writes the session, or nothing if there is none.</summary>
    protected override void EndProcessing()
    {
        if (State.Flow is { } session)
            WriteObject(session);
    }
}
