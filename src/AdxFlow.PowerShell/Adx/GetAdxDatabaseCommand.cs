using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows the databases of the cluster.</summary>
[Cmdlet(VerbsCommon.Get, "AdxDatabase")]
[OutputType(typeof(AdxDatabase))]
public sealed class GetAdxDatabaseCommand : ClusterCmdlet
{
    private IReadOnlyList<AdxDatabase>? _all;

    /// <summary>Names or wildcard patterns, of the databases or of their pretty names; all databases by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("Database")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Tells sizes, numbers of tables and periods too, which costs the cluster more.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Writes the databases that match.</summary>
    protected override void ProcessRecord()
    {
        if (_all is null)
        {
            _all = Await(new AdxDatabases(Client).GetAsync(Detailed, Stop));
            foreach (AdxDatabase database in _all)
                State.RememberDatabase(Connected.Cluster, database.Name);
        }
        foreach (string name in Name)
            Write(name, _all);
    }

    private void Write(string name, IReadOnlyList<AdxDatabase> all)
    {
        bool isPattern = WildcardPattern.ContainsWildcardCharacters(name);
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        bool isFound = false;
        foreach (AdxDatabase database in all.Where(database => pattern.IsMatch(database.Name) || pattern.IsMatch(database.PrettyName)))
        {
            isFound = true;
            WriteObject(database);
        }
        if (isFound || isPattern)
            return;
        WriteError(new AdxException("AdxDatabaseNotFound", AdxErrorKind.NotFound, $"There is no database '{WildcardPattern.Unescape(name)}' on '{Connected.Cluster.Host}', or you may not see it.")
        {
            RecommendedAction = "Check the name; Get-AdxDatabase without a name lists those you may see.",
        }.ToErrorRecord(name));
    }
}
