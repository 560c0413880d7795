namespace AdxFlow.Adx;

/// <summary>The texts of the commands about databases. Source: <see href="https://learn.microsoft.com/kusto/management/show-databases"/>.</summary>
internal static class DatabaseCommands
{
    public const string ShowDatabases = ".show databases";

    public const string ShowDatabasesDetails = ".show databases details";
}
