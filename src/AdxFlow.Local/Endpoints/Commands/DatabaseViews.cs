using System.Text.Json;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>The tables in which databases are shown, one row each.</summary>
/// <remarks>Source: Microsoft Learn, ".show databases" and ".show database".</remarks>
internal static class DatabaseViews
{
    private static readonly Column[] Head =
    [
        new("DatabaseName", KustoType.String), new("PersistentStorage", KustoType.String), new("Version", KustoType.String), new("IsCurrent", KustoType.Bool),
        new("DatabaseAccessMode", KustoType.String), new("PrettyName", KustoType.String),
    ];

    private static readonly Column[] ListColumns =
    [
        .. Head, new("ReservedSlot1", KustoType.Bool), new("DatabaseId", KustoType.Guid), new("InTransitionTo", KustoType.String), new("SuspensionState", KustoType.String),
    ];

    private static readonly Column[] IdentityColumns =
    [
        .. Head, new("CurrentUserIsUnrestrictedViewer", KustoType.Bool), new("DatabaseId", KustoType.Guid), new("InTransitionTo", KustoType.String),
        new("SuspensionState", KustoType.String),
    ];

    private static readonly Column[] Policies =
    [
        new("AuthorizedPrincipals", KustoType.String), new("RetentionPolicy", KustoType.String), new("MergePolicy", KustoType.String), new("CachingPolicy", KustoType.String),
        new("ShardingPolicy", KustoType.String), new("StreamingIngestionPolicy", KustoType.String), new("IngestionBatchingPolicy", KustoType.String),
    ];

    private static readonly Column[] DetailsColumns =
    [
        .. Head, .. Policies, new("TotalSize", KustoType.Real), new("DatabaseId", KustoType.Guid), new("InTransitionTo", KustoType.String),
        new("NumberOfTables", KustoType.Int), new("NumberOfExternalTables", KustoType.Int), new("NumberOfMaterializedViews", KustoType.Int),
        new("EncryptionScope", KustoType.Int), new("SuspensionState", KustoType.String),
    ];

    private static readonly Column[] PoliciesColumns = [.. Head, new("DatabaseId", KustoType.Guid), .. Policies];

    private static readonly Column[] StatisticsColumns =
    [
        .. Head, new("DatabaseId", KustoType.Guid),
        new("OriginalSize", KustoType.Real), new("ExtentSize", KustoType.Real), new("CompressedSize", KustoType.Real), new("IndexSize", KustoType.Real),
        new("RowCount", KustoType.Long), new("HotOriginalSize", KustoType.Real), new("HotExtentSize", KustoType.Real), new("HotCompressedSize", KustoType.Real),
        new("HotIndexSize", KustoType.Real), new("HotRowCount", KustoType.Long), new("TotalExtents", KustoType.Long), new("HotExtents", KustoType.Long),
    ];

    /// <summary>The words that choose a view.</summary>
    public static IReadOnlyList<string> Names { get; } = ["details", "identity", "policies", "datastats"];

    /// <summary>Reads the word that chooses a view and the end of the command; null where there is none.</summary>
    public static Func<CommandContext, IEnumerable<HostedDatabase>, ResultSet>? TryRead(CommandReader reader)
    {
        if (!Names.Any(reader.Next.IsWord)) return null;
        string name = reader.Take().Text;
        reader.ExpectEnd();
        return name.ToLowerInvariant() switch
        {
            "details" => Details,
            "identity" => Identity,
            "policies" => PolicyView,
            _ => Statistics,
        };
    }

    /// <summary><c>.show databases</c> as such.</summary>
    public static ResultSet List(CommandContext context, IEnumerable<HostedDatabase> databases) =>
        ResultSet.FromRows(ListColumns, databases.Select(d => (object?[])[.. HeadOf(context, d), false, d.Id, "", ""]));

    public static ResultSet Identity(CommandContext context, IEnumerable<HostedDatabase> databases) => ResultSet.FromRows(
        IdentityColumns,
        databases.Select(d => (object?[])[.. HeadOf(context, d), d.Access.Members(DatabaseRole.UnrestrictedViewers).Contains(context.Caller), d.Id, "", ""]));

    private static ResultSet Details(CommandContext context, IEnumerable<HostedDatabase> databases) => ResultSet.FromRows(
        DetailsColumns,
        databases.Select(d => (object?[])
        [
            .. HeadOf(context, d), .. PoliciesOf(d), (double)d.Data.Tables.Values.Sum(t => t.OriginalSize), d.Id, "", d.Data.Tables.Count, 0, 0, null, "",
        ]));

    private static ResultSet PolicyView(CommandContext context, IEnumerable<HostedDatabase> databases) =>
        ResultSet.FromRows(PoliciesColumns, databases.Select(d => (object?[])[.. HeadOf(context, d), d.Id, .. PoliciesOf(d)]));

    private static ResultSet Statistics(CommandContext context, IEnumerable<HostedDatabase> databases) => ResultSet.FromRows(StatisticsColumns, databases.Select(d =>
    {
        double size = d.Data.Tables.Values.Sum(t => t.OriginalSize);
        long rows = d.Data.Tables.Values.Sum(t => t.RowCount);
        long extents = d.Data.Tables.Values.Sum(t => (long)t.Extents.Count);
        return (object?[])[.. HeadOf(context, d), d.Id, size, size, size, 0.0, rows, size, size, size, 0.0, rows, extents, extents];
    }));

    private static object?[] HeadOf(CommandContext context, HostedDatabase database) =>
        [database.Name, "", "v1.0", database == context.Database, "ReadWriteEphemeral", ""];

    private static object?[] PoliciesOf(HostedDatabase database) =>
    [
        PrincipalsOf(database), database.Policies.Effective(null, "retention"), "null", database.Policies.Effective(null, "caching"), "null",
        database.Policies.Effective(null, "streamingingestion"), database.Policies.Effective(null, "ingestionbatching"),
    ];

    private static string PrincipalsOf(HostedDatabase database) => JsonSerializer.Serialize(
        Enum.GetValues<DatabaseRole>().SelectMany(role => database.Access.Members(role).Assignments.Select(a => new
        {
            Role = role.ToString()[..^1],
            PrincipalName = a.Principal.Fqn,
            PrincipalType = a.Principal.TypeName,
        })),
        LocalJson.Serializer);
}
