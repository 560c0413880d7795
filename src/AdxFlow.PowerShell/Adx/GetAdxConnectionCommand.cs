using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows the default connection of this runspace: where to, as whom, and how one signed in.</summary>
[Cmdlet(VerbsCommon.Get, "AdxConnection")]
[OutputType(typeof(AdxConnection))]
public sealed class GetAdxConnectionCommand : AdxCmdlet
{
    /// <summary>Writes the connection, or nothing if there is none.</summary>
    protected override void EndProcessing()
    {
        if (State.Connection is { } connection)
            WriteObject(connection);
    }
}
