using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Reads, makes and drops the mappings of tables and databases.</summary>
/// <param name="client">What sends the commands.</param>
public sealed class AdxMappings(AdxClient client)
{
    private const string Operation = "Mapping";

    /// <summary>The mappings of a table, or those of the database itself.</summary>
    /// <param name="table">The table; null means the database itself.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The mappings, by name.</returns>
    /// <exception cref="AdxException">As for <see cref="AdxClient.ExecuteCommandAsync"/>.</exception>
    public async Task<IReadOnlyList<AdxMapping>> GetAsync(string? table, string? database = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        string command = table is null ? MappingCommands.ShowDatabaseMappings(where) : MappingCommands.ShowTableMappings(table);
        AdxResultTable result = await client.ExecuteCommandAsync(command, Options(where, table), cancellationToken);
        return [.. result.Rows.Select(row => Read(result, row, where, table)).OrderBy(static mapping => mapping.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Makes a mapping.</summary>
    /// <param name="definition">What it is to be like.</param>
    /// <param name="table">The table it is for; null means the database, for all its tables.</param>
    /// <param name="replace">Where there is one of that name and kind, replace it whole, rather than fail.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The mapping as the service has it now.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxInvalidName</c>, <c>AdxInvalidMapping</c>: nothing was sent. <c>AdxMappingExists</c>, and as for <see cref="AdxClient.ExecuteCommandAsync"/>.
    /// </exception>
    public async Task<AdxMapping> CreateAsync(AdxMappingDefinition definition, string? table, bool replace = false, string? database = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        string where = database ?? client.Connection.Database;
        AdxMappingDefinition complete = MappingRules.Complete(definition);
        string command = MappingCommands.CreateMapping(Scope(table, where), complete, replace);
        try
        {
            AdxResultTable result = await client.ExecuteCommandAsync(command, Options(where, table), cancellationToken);
            return result.Rows.Count > 0
                ? Read(result, result.Rows[0], where, table)
                : throw new AdxException("AdxInvalidResult", AdxErrorKind.InvalidResult, $"The service does not say whether mapping '{definition.Name}' was made.");
        }
        // How the service words this is not documented: it is asked whether the mapping is there.
        catch (AdxException refused) when (!replace && refused.Kind is AdxErrorKind.AlreadyExists or AdxErrorKind.InvalidArgument && refused.StatusCode is not null)
        {
            if (refused.Kind != AdxErrorKind.AlreadyExists && await FindAsync(definition.Name, definition.Kind, table, where, cancellationToken) is [])
                throw;
            throw new AdxException("AdxMappingExists", AdxErrorKind.AlreadyExists, $"{Place(table, where)} has a {definition.Kind} mapping '{definition.Name}' already.", refused)
            {
                ServiceCode = refused.ServiceCode,
                StatusCode = refused.StatusCode,
                ActivityId = refused.ActivityId,
                ClientRequestId = refused.ClientRequestId,
                RecommendedAction = "Give -Force to replace it, or choose another name.",
            };
        }
    }

    /// <summary>Drops a mapping.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind; null means the only one there is of that name.</param>
    /// <param name="table">The table it belongs to; null means the database.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>When the service has done it.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxMappingNotFound</c>. <c>AdxMappingAmbiguous</c>: several kinds have that name. As for <see cref="AdxClient.ExecuteCommandAsync"/>.
    /// </exception>
    public async Task DropAsync(string name, AdxMappingKind? kind, string? table, string? database = null, CancellationToken cancellationToken = default)
    {
        string where = database ?? client.Connection.Database;
        if (kind is null)
        {
            kind = await FindAsync(name, null, table, where, cancellationToken) switch
            {
                [] => throw NotFound(name, null, table, where),
                [var only] => only.Kind,
                [.. var several] => throw new AdxException("AdxMappingAmbiguous", AdxErrorKind.InvalidArgument, $"{Place(table, where)} has several mappings '{name}': {string.Join(", ", several.Select(static mapping => mapping.KindText))}.")
                {
                    RecommendedAction = "Say which one with -Kind.",
                },
            };
        }

        try
        {
            await client.ExecuteCommandAsync(MappingCommands.DropMapping(Scope(table, where), kind.Value, name), Options(where, table), cancellationToken);
        }
        catch (AdxException refused) when (refused.Kind is AdxErrorKind.NotFound or AdxErrorKind.InvalidArgument && refused.StatusCode is not null && refused.ErrorId is not ("AdxTableNotFound" or "AdxDatabaseNotFound"))
        {
            if (await FindAsync(name, kind, table, where, cancellationToken) is [])
                throw NotFound(name, kind, table, where, refused);
            throw;
        }
    }

    /// <summary>The columns of a mapping that its table does not have, as far as one may look.</summary>
    /// <param name="columns">The columns of the mapping.</param>
    /// <param name="table">The table.</param>
    /// <param name="database">The database; null means the connection's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>Those columns; none where there is no such table, or one may not see it.</returns>
    /// <exception cref="AdxException">As for <see cref="AdxTables.FindAsync"/>, but for <c>AdxForbidden</c>.</exception>
    public async Task<IReadOnlyList<AdxColumnMapping>> FindMissingColumnsAsync(IReadOnlyList<AdxColumnMapping> columns, string table, string? database = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        try
        {
            AdxTable? found = await new AdxTables(client).FindAsync(table, database, cancellationToken: cancellationToken);
            return found is null ? [] : [.. columns.Where(mapped => found.Columns.All(column => column.Name != mapped.Column))];
        }
        catch (AdxException hidden) when (hidden.Kind == AdxErrorKind.PermissionDenied)
        {
            // Who may ingest, and so make mappings, need not be allowed to see the table's columns.
            return [];
        }
    }

    internal static AdxException NotFound(string name, AdxMappingKind? kind, string? table, string database, Exception? inner = null) =>
        new("AdxMappingNotFound", AdxErrorKind.NotFound, $"{Place(table, database)} has no {(kind is null ? string.Empty : kind + " ")}mapping '{name}'.", inner)
        {
            RecommendedAction = table is null
                ? "Get-AdxMapping lists the mappings of the database and of its tables. A table's mapping is reached with -Table."
                : "Check the name (it is case-sensitive) and the kind; Get-AdxMapping with the table alone lists its mappings.",
        };

    private async Task<List<AdxMapping>> FindAsync(string name, AdxMappingKind? kind, string? table, string database, CancellationToken cancellationToken) =>
        [.. (await GetAsync(table, database, cancellationToken)).Where(mapping => mapping.Name == name && (kind is null || mapping.Kind == kind))];

    private static AdxMapping Read(AdxResultTable result, object?[] row, string database, string? table)
    {
        string kind = result.Text(row, "Kind") ?? string.Empty;
        string definition = result.Text(row, "Mapping") ?? string.Empty;
        int updated = result.Ordinal("LastUpdatedOn");
        return new AdxMapping
        {
            Name = result.Text(row, "Name") ?? string.Empty,
            Kind = Enum.TryParse(kind, ignoreCase: true, out AdxMappingKind known) && Enum.IsDefined(known) ? known : AdxMappingKind.Other,
            KindText = kind,
            Database = result.Text(row, "Database") is { Length: > 0 } there ? there : database,
            Table = result.Text(row, "Table") is { Length: > 0 } of ? of : table,
            Columns = ReadColumns(definition),
            Definition = definition,
            LastUpdatedOn = updated < 0 ? null : row[updated] as DateTime?,
        };
    }

    private static IReadOnlyList<AdxColumnMapping> ReadColumns(string definition)
    {
        try
        {
            return MappingJson.Read(definition);
        }
        catch (JsonException)
        {
            // One mapping in a form that nobody knows must not hide the others; its text is there to see.
            return [];
        }
    }

    private static string Scope(string? table, string database) => table is null ? MappingCommands.DatabaseScope(database) : MappingCommands.TableScope(table);

    private static string Place(string? table, string database) => table is null ? $"Database '{database}'" : $"Table '{table}' of database '{database}'";

    private static AdxRequestOptions Options(string database, string? table) => new() { Database = database, Table = table, Operation = Operation };
}
