using System.Management.Automation;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Support;

/// <summary>A cmdlet that talks to a cluster: over <see cref="Connection"/>, or over what Connect-Adx made last in this runspace.</summary>
public abstract class ClusterCmdlet : AdxCmdlet
{
    private AdxConnection? _connected;

    /// <summary>The connection to use; that of the last Connect-Adx in this runspace by default.</summary>
    [Parameter]
    [ValidateNotNull]
    public AdxConnection? Connection { get; set; }

    /// <summary>The connection in force.</summary>
    protected virtual AdxConnection Connected => _connected ??= Resolve();

    private protected AdxClient Client => new(Connected);

    private AdxConnection Resolve()
    {
        AdxConnection? connection = Connection ?? State.Connection;
        if (connection is null)
        {
            Throw(new AdxException("AdxNotConnected", AdxErrorKind.InvalidArgument, "There is no connection to Azure Data Explorer in this session.")
            {
                RecommendedAction = "Run Connect-Adx first, or give -Connection. Each runspace has its own default connection.",
            });
        }
        return connection!;
    }
}
