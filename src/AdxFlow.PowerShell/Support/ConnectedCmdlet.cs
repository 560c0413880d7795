using System.Management.Automation;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Support;

/// <summary>A cmdlet that talks to ADX: over <see cref="Connection"/>, or over the one that Connect-Adx made last in this runspace.</summary>
public abstract class ConnectedCmdlet : AdxCmdlet
{
    private AdxConnection? _connected;

    /// <summary>The connection to use; that of the last Connect-Adx in this runspace by default.</summary>
    [Parameter]
    [ValidateNotNull]
    public AdxConnection? Connection { get; set; }

    /// <summary>The database to use; the connection's own by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The connection in force, with <see cref="Database"/> applied.</summary>
    protected AdxConnection Connected => _connected ??= Resolve();

    private protected AdxClient Client => new(Connected);

    /// <summary>A principal; what is none ends the call before anything is sent.</summary>
    private protected AdxPrincipal ParsePrincipal(string text) => Parse(AdxPrincipal.Parse, text);

    /// <summary>A role that can be given; what is none ends the call before anything is sent.</summary>
    private protected AdxRole ParseRole(string text) => Parse(AdxRoles.ParseRole, text);

    private T Parse<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (AdxException failure)
        {
            Throw(failure, text);
            throw;
        }
    }

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
        return Database is null ? connection! : connection!.WithDatabase(Database);
    }
}
