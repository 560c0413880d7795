using System.Management.Automation;

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
