namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Tells a command that only the service has from one that nobody has.</summary>
/// <remarks>Source: Microsoft Learn, "Management commands overview" and the pages beneath it.</remarks>
internal static class UnknownCommand
{
    private static readonly HashSet<string> StandaloneVerbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "append", "set", "set-or-append", "set-or-replace", "ingest", "ingest-from-storage-queued", "export", "purge", "execute", "dup-next-ingest",
        "dup-next-failed-ingest", "list", "get", "copy",
    };

    private static readonly HashSet<string> EntityVerbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "add", "alter", "alter-merge", "assert", "attach", "cancel", "clear", "create", "create-merge", "create-or-alter", "create-set", "delete", "detach",
        "disable", "drop", "enable", "graph-model", "make", "merge", "move", "rebuild", "rename", "replace", "seal", "show", "undo", "update",
    };

    private static readonly HashSet<string> Entities = new(StringComparer.OrdinalIgnoreCase)
    {
        "async", "basic", "cache", "callstacks", "capacity", "certificates", "cloud", "cluster", "column", "columns", "commands", "commands-and-queries",
        "configuration", "continuous-export", "continuous-exports", "continuous-job", "data", "database", "databases", "diagnostics", "entity", "entity_group",
        "entity_groups", "export", "extent", "extents", "external", "fabric", "follower", "freshness", "function", "functions", "graph_model", "graph_models",
        "graph_snapshot", "graph_snapshots", "ifexists", "ingestion", "journal", "managed_identity", "materialized-view", "materialized-views", "memory",
        "mirroring", "operation", "operations", "plugin", "plugins", "policies", "policy", "principal", "principals", "purge", "purges", "queries", "query",
        "query_acceleration", "queryplan", "queued", "recoverable", "request_support", "roles", "rowstore", "rowstores", "rowstoreseals", "running", "schema",
        "shards", "shard-groups", "storage", "stored_query_result", "stored_query_results", "streamingingestion", "table", "tables", "tags", "tcpconnections",
        "tcpports", "threadpools", "transactions", "version", "workload_group", "workload_groups",
    };

    /// <summary>The error for a command that was not found.</summary>
    public static ServiceException Refuse(CommandReader reader)
    {
        CommandToken verb = reader.Next;
        CommandToken entity = reader.PeekSecond();
        bool real = StandaloneVerbs.Contains(verb.Text)
            || (EntityVerbs.Contains(verb.Text) && entity.Kind == CommandTokenKind.Word && Entities.Contains(entity.Text));
        return real
            ? NotSupported($".{verb.Text}{(entity.Kind == CommandTokenKind.Word ? " " + entity.Text : "")}")
            : reader.Error($"'.{verb.Text}{(entity.Kind == CommandTokenKind.Word ? " " + entity.Text : "")}' is not the beginning of a management command.");
    }

    public static ServiceException NotSupported(string command) =>
        ServiceException.NotSupported($"The local stand-in has no command '{command}'. It may be valid: run it against a cluster or the Kusto emulator.");
}
