using System.Management.Automation;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Support;

/// <summary>A cmdlet that works in a database: in <see cref="Database"/>, or in that of the connection.</summary>
public abstract class ConnectedCmdlet : ClusterCmdlet
{
    private AdxConnection? _elsewhere;

    /// <summary>The database to use; the connection's own by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    public virtual string? Database { get; set; }

    /// <summary>The connection in force, with <see cref="Database"/> applied.</summary>
    protected override AdxConnection Connected
    {
        get
        {
            AdxConnection connection = base.Connected;
            if (Database is null || Database == connection.Database)
                return connection;
            if (_elsewhere?.Database != Database)
                _elsewhere = InDatabase(connection, Database);
            return _elsewhere!;
        }
    }

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

    private AdxConnection? InDatabase(AdxConnection connection, string database)
    {
        try
        {
            return connection.WithDatabase(database);
        }
        catch (AdxException failure)
        {
            Throw(failure, database);
            return null;
        }
    }
}
