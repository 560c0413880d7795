using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Reads, makes, empties and drops tables.</summary>
/// <param name="client">What sends the commands.</param>
public sealed class AdxTables(AdxClient client)
{
    private const string Operation = "Table";

    /// <summary>The tables of a database.</summary>
    /// <param name="name">Only the table of this name; null means all.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="details">Ask for row counts and sizes as well.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The tables, by name; none where there is none of that name.</returns>
    /// <exception cref="AdxException">As for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxTable>> GetAsync(string? name = null, string? database = null, bool details = false, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        if (name is not null)
            return await FindAsync(name, where, details, cancellationToken) is { } table ? [table] : [];

        AdxResultTable schema = await client.ExecuteCommandAsync(TableCommands.ShowDatabaseSchema(where), Options(where, null), cancellationToken);
        List<AdxTable> tables = TableSchema.ReadDatabase(schema, where);
        if (!details || tables.Count == 0)
            return tables;

        AdxResultTable sizes = await client.ExecuteCommandAsync(TableCommands.ShowTablesDetails, Options(where, null), cancellationToken);
        Dictionary<string, object?[]> byName = new(StringComparer.Ordinal);
        foreach (object?[] row in sizes.Rows)
            byName[sizes.Text(row, "TableName") ?? string.Empty] = row;
        return [.. tables.Select(table => byName.TryGetValue(table.Name, out object?[]? row) ? WithSizes(table, sizes, row) : table)];
    }

    /// <summary>One table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="details">Ask for its row count and sizes as well.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The table; null where there is none of that name.</returns>
    /// <exception cref="AdxException"><c>AdxForbidden</c>: one may not look. <c>AdxDatabaseNotFound</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<AdxTable?> FindAsync(string name, string? database = null, bool details = false, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        try
        {
            AdxResultTable schema = await client.ExecuteCommandAsync(TableCommands.ShowTableSchema(name), Options(where, name), cancellationToken);
            if (schema.Rows.Count == 0)
                return null;

            object?[] row = schema.Rows[0];
            var table = new AdxTable
            {
                Name = schema.Text(row, "TableName") ?? name,
                Database = schema.Text(row, "DatabaseName") ?? where,
                Folder = schema.Text(row, "Folder") ?? string.Empty,
                DocString = schema.Text(row, "DocString") ?? string.Empty,
                Columns = TableSchema.ReadTable(schema.Text(row, "Schema") ?? string.Empty),
            };
            if (!details)
                return table;

            AdxResultTable sizes = await client.ExecuteCommandAsync(TableCommands.ShowTableDetails(name), Options(where, name), cancellationToken);
            return sizes.Rows.Count == 0 ? table : WithSizes(table, sizes, sizes.Rows[0]);
        }
        catch (AdxException absent) when (absent.ErrorId == "AdxTableNotFound")
        {
            return null;
        }
        catch (JsonException unreadable)
        {
            throw new AdxException("AdxInvalidResult", AdxErrorKind.InvalidResult, $"The schema of table '{name}' cannot be understood.", unreadable);
        }
    }

    /// <summary>Makes a table. Where it exists already just so, nothing changes.</summary>
    /// <param name="definition">What it is to be like.</param>
    /// <param name="merge">Where it exists already otherwise, add the columns it lacks, rather than fail.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The table as it stands now.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxInvalidName</c>, <c>AdxInvalidTable</c>: nothing was sent. <c>AdxTableExists</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.
    /// </exception>
    public async Task<AdxTable> CreateAsync(AdxTableDefinition definition, bool merge = false, string? database = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        definition.Check();
        string where = database ?? client.Connection.Database;
        AdxRequestOptions options = Options(where, definition.Name, $"User on database '{where}'" + (merge ? $", or Admin on table '{definition.Name}' where it exists already" : string.Empty));
        await client.ExecuteCommandAsync(TableCommands.CreateTable(definition, merge), options, cancellationToken);
        AdxTable table = await ReadBackAsync(definition.Name, where, cancellationToken)
            ?? throw new AdxException("AdxInvalidResult", AdxErrorKind.InvalidResult, $"Table '{definition.Name}' was made, but is not to be seen.")
            {
                RecommendedAction = "Look for it with Get-AdxTable: somebody may have dropped it, or the role that sees it is missing.",
            };
        // The service reports success where the table exists already, and leaves it as it is.
        return merge || definition.DifferenceTo(table) is not { } difference
            ? table
            : throw new AdxException("AdxTableExists", AdxErrorKind.AlreadyExists, $"Table '{definition.Name}' exists already, with {difference}.")
            {
                RecommendedAction = "Give -Merge to add the columns it lacks, or choose another name.",
            };
    }

    /// <summary>Drops a table with all its data.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="AdxException"><c>AdxTableNotFound</c>; <c>AdxForbidden</c>: it takes the role Admin on the table; and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task DropAsync(string name, string? database = null, CancellationToken cancellationToken = default) =>
        await ChangeAsync(TableCommands.DropTable(name), name, database, cancellationToken);

    /// <summary>Deletes all data of a table, and leaves the table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>When it is empty.</returns>
    /// <exception cref="AdxException"><c>AdxTableNotFound</c>; <c>AdxForbidden</c>: it takes the role Admin on the table; and as for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task ClearAsync(string name, string? database = null, CancellationToken cancellationToken = default) =>
        await ChangeAsync(TableCommands.ClearTable(name), name, database, cancellationToken);

    private async Task<AdxTable?> ReadBackAsync(string name, string database, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(name, database, cancellationToken: cancellationToken);
        }
        catch (AdxException failure)
        {
            throw failure.After($"Table '{name}' is there by now; it could only not be read back.");
        }
    }

    private async Task ChangeAsync(string command, string name, string? database, CancellationToken cancellationToken) =>
        await client.ExecuteCommandAsync(command, Options(database ?? client.Connection.Database, name, $"Admin on table '{name}'"), cancellationToken);

    private static AdxTable WithSizes(AdxTable table, AdxResultTable sizes, object?[] row) => new()
    {
        Name = table.Name,
        Database = table.Database,
        Folder = table.Folder,
        DocString = table.DocString,
        Columns = table.Columns,
        RowCount = sizes.Number(row, "TotalRowCount"),
        OriginalSize = sizes.Number(row, "TotalOriginalSize"),
        ExtentSize = sizes.Number(row, "TotalExtentSize"),
    };

    private static AdxRequestOptions Options(string database, string? table, string? neededRole = null) =>
        new() { Database = database, Table = table, Operation = Operation, NeededRole = neededRole ?? $"User, Viewer or Monitor on database '{database}'" };
}
