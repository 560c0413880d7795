using System.Text;

namespace AdxFlow.Adx;

/// <summary>
/// The texts of all management commands this module sends, each built from <see cref="Kql"/> names and literals only.
/// They stand in one place so that one test can give all of them to the official parser.
/// Source: <see href="https://learn.microsoft.com/kusto/management/"/>.
/// </summary>
internal static class AdxCommands
{
    public const string ShowVersion = ".show version";

    public static string ShowDatabaseSchema(string database) => $".show database {Kql.Name(database)} schema";

    public static string ShowTableSchema(string table) => $".show table {Kql.Name(table)} schema as json";

    public static string ShowTableDetails(string table) => $".show table {Kql.Name(table)} details";

    public const string ShowTablesDetails = ".show tables details";

    /// <summary><c>.create table</c>, or <c>.create-merge table</c>, which adds what an existing table lacks.</summary>
    public static string CreateTable(AdxTableDefinition definition, bool merge)
    {
        var command = new StringBuilder(merge ? ".create-merge table " : ".create table ").Append(Kql.Name(definition.Name)).Append(" (");
        command.AppendJoin(", ", definition.Columns.Select(column => $"{Kql.Name(column.Name)}:{AdxTypes.Name(column.Type)}")).Append(')');

        var properties = new List<string>();
        if (definition.DocString is { } docString)
            properties.Add("docstring=" + Kql.String(docString));
        if (definition.Folder is { } folder)
            properties.Add("folder=" + Kql.String(folder));
        return properties.Count == 0 ? command.ToString() : command.Append(" with (").AppendJoin(", ", properties).Append(')').ToString();
    }

    public static string ShowDatabasePrincipals(string database) => $".show database {Kql.Name(database)} principals";

    public static string ShowTablePrincipals(string table) => $".show table {Kql.Name(table)} principals";

    /// <summary><c>.add</c>, which leaves everybody else in the role. (<c>.set</c> would not.)</summary>
    public static string AddPrincipal(string scope, AdxRole role, AdxPrincipal principal, string? notes) =>
        $".add {scope} {RoleName(role)} ({Kql.Principal(principal.ToString())})" + (string.IsNullOrEmpty(notes) ? string.Empty : " " + Kql.String(notes));

    public static string DropPrincipal(string scope, AdxRole role, AdxPrincipal principal) =>
        $".drop {scope} {RoleName(role)} ({Kql.Principal(principal.ToString())})";

    public static string DatabaseScope(string database) => "database " + Kql.Name(database);

    public static string TableScope(string table) => "table " + Kql.Name(table);

    private static string RoleName(AdxRole role) => role switch
    {
        AdxRole.Admin => "admins",
        AdxRole.User => "users",
        AdxRole.Viewer => "viewers",
        AdxRole.UnrestrictedViewer => "unrestrictedviewers",
        AdxRole.Ingestor => "ingestors",
        AdxRole.Monitor => "monitors",
        _ => throw new AdxException("AdxInvalidRole", AdxErrorKind.InvalidArgument, $"'{role}' is not a role that can be given."),
    };
}
