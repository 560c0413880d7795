using System.Text;

namespace AdxFlow.Adx;

/// <summary>
/// The texts of the commands about databases and tables, each built from <see cref="Kql"/> names and literals only.
/// Source: <see href="https://learn.microsoft.com/kusto/management/tables"/>.
/// </summary>
internal static class TableCommands
{
    public static string ShowDatabaseSchema(string database) => $".show database {Kql.Name(database)} schema";

    public static string ShowTableSchema(string table) => $".show table {Kql.Name(table)} schema as json";

    public static string ShowTableDetails(string table) => $".show table {Kql.Name(table)} details";

    public const string ShowTablesDetails = ".show tables details";

    public static string DropTable(string table) => $".drop table {Kql.Name(table)}";

    public static string ClearTable(string table) => $".clear table {Kql.Name(table)} data";

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
}
