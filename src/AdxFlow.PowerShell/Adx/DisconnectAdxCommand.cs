using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Forgets the default connection of this runspace. A stand-in goes on running; Stop-AdxLocal stops it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Adx", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class DisconnectAdxCommand : AdxCmdlet
{
    /// <summary>Forgets it.</summary>
    protected override void EndProcessing()
    {
        if (State.Connection is { } connection && ShouldProcess(connection.ToString(), "Forget the connection"))
            State.Connection = null;
    }
}
