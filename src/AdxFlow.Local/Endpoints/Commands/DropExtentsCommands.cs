using System.Globalization;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Dropping extents: by their ids, by their age, or those that a query or a command tells.</summary>
/// <remarks>Source: Microsoft Learn, ".drop extents".</remarks>
internal static class DropExtentsCommands
{
    private const string Operation = "ExtentsDropCommand";

    private static readonly Column[] Columns = [new("ExtentId", KustoType.Guid), new("TableName", KustoType.String), new("CreatedOn", KustoType.DateTime)];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("drop extent", DropOne),
        new("drop extents", (context, reader) => DropMany(context, reader, isPretended: false)),
        new("drop-pretend extents", (context, reader) => DropMany(context, reader, isPretended: true)),
    ];

    private static ResultSet DropOne(CommandContext context, CommandReader reader)
    {
        if (reader.Next.IsWord("tags")) throw UnknownCommand.NotSupported(".drop extent tags");
        Guid id = ExtentFilter.ReadId(reader);
        return DropFrom(context, reader, [id]);
    }

    private static ResultSet DropMany(CommandContext context, CommandReader reader, bool isPretended)
    {
        if (reader.Next.IsWord("partition")) throw UnknownCommand.NotSupported(".drop extents partition");
        if (reader.Next.IsMark("(") && !isPretended) return DropFrom(context, reader, ExtentFilter.ReadIds(reader));
        bool isWhatIf = !isPretended && reader.TryWord("whatif");
        if (!isPretended && reader.Next.IsMark("<|")) return DropListed(context, reader, isWhatIf);
        DateTime? before = isWhatIf ? throw reader.Unexpected("'<|'") : ReadAge(reader);
        reader.ExpectWord("from");
        List<string>? tables = ReadTables(reader);
        if (reader.Next.IsWord("trim") || reader.Next.IsWord("limit")) throw UnknownCommand.NotSupported($".drop extents … {reader.Next.Text}");
        reader.ExpectEnd();
        Demand(context, tables);
        return Drop(context, tables ?? [.. TableSchemaCommands.Tables(context.Database).Select(t => t.Name)], (_, extent) => before is null || extent.CreatedOn < before, isPretended);
    }

    /// <summary><c>older 10 days</c>, if it comes.</summary>
    private static DateTime? ReadAge(CommandReader reader)
    {
        if (!reader.TryWord("older")) return null;
        if (!int.TryParse(reader.Next.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)) throw reader.Unexpected("a number");
        reader.Take();
        bool isDays = reader.TryWord("days");
        if (!isDays) reader.ExpectWord("hours");
        try
        {
            return DateTime.UtcNow - (isDays ? TimeSpan.FromDays(count) : TimeSpan.FromHours(count));
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MinValue;
        }
    }

    /// <summary>The name of a table, several in <c>tables (…)</c>, or null for <c>all tables</c>.</summary>
    private static List<string>? ReadTables(CommandReader reader)
    {
        if (reader.Next.IsWord("all") && reader.PeekSecond().IsWord("tables"))
        {
            reader.Take();
            reader.Take();
            return null;
        }

        if (!reader.Next.IsWord("tables") || !reader.PeekSecond().IsMark("(")) return [reader.ReadName("the name of a table")];
        reader.Take();
        return reader.ReadNames("the name of a table");
    }

    private static ResultSet DropFrom(CommandContext context, CommandReader reader, HashSet<Guid> ids)
    {
        if (!reader.Next.IsWord("from")) throw UnknownCommand.NotSupported(".drop extents without 'from'");
        reader.Take();
        string table = reader.ReadName("the name of a table");
        reader.ExpectEnd();
        Demand(context, [table]);
        lock (context.Database.SchemaGate)
        {
            DemandThere(context.Database.Table(table), ids);
            return Drop(context, [table], (_, extent) => ids.Contains(extent.Id), isPretended: false);
        }
    }

    private static ResultSet DropListed(CommandContext context, CommandReader reader, bool isWhatIf)
    {
        string query = string.Concat(reader.Text[..reader.Next.End].Select(c => c == '\n' ? '\n' : ' ')) + reader.Text[reader.Next.End..];
        reader.SkipToEnd();
        Demand(context, null);
        ILookup<string, Guid> listed = List(context, query).ToLookup(e => e.Table, e => e.Id, StringComparer.Ordinal);
        lock (context.Database.SchemaGate)
        {
            foreach (IGrouping<string, Guid> of in listed)
                DemandThere(context.Database.Table(of.Key), of);
            return Drop(context, [.. listed.Select(l => l.Key)], (table, extent) => listed[table].Contains(extent.Id), isWhatIf);
        }
    }

    /// <summary>The extents that a query or a command that shows something tells, by the columns TableName and ExtentId.</summary>
    private static List<(string Table, Guid Id)> List(CommandContext context, string query)
    {
        ResultSet result;
        if (CommandText.IsCommand(query))
        {
            var reader = new CommandReader(query, CommandText.Start(query));
            reader.ExpectMark(".");
            if (!reader.Next.IsWord("show")) throw reader.Unexpected("'show'");
            result = new CommandProcessor(context.Services).Execute(context.Database, query, context.Caller, context.ClientRequestId, context.Stop);
        }
        else
        {
            context.Database.Access.DemandQuery(context.Caller);
            result = KqlEngine.Execute(context.Database.Data, query, null, context.Stop)[^1];
        }

        int Find(string name, params KustoType[] types)
        {
            int at = result.Columns.ToList().FindIndex(c => c.Name == name && types.Contains(c.Type));
            return at >= 0 ? at : throw ServiceException.BadRequest($"The query must have the columns ExtentId and TableName; '{name}' is missing or of another type.");
        }

        (int table, int id) = (Find("TableName", KustoType.String), Find("ExtentId", KustoType.Guid));
        return [.. result.Chunks.SelectMany(c => Enumerable.Range(0, c.Count).Select(row => ((string)c[table].GetValue(row)!, (Guid?)c[id].GetValue(row) ?? Guid.Empty)))];
    }

    private static void Demand(CommandContext context, List<string>? tables)
    {
        if (tables is null) context.Database.Access.DemandAdminister(context.Caller, Operation);
        foreach (string table in tables ?? [])
        {
            context.Database.Access.DemandAdminister(context.Caller, table, Operation);
            context.Database.Table(table);
        }
    }

    private static void DemandThere(Table table, IEnumerable<Guid> ids)
    {
        var known = table.Extents.Select(e => e.Id).ToHashSet();
        foreach (Guid id in ids)
        {
            if (!known.Contains(id)) throw ServiceException.BadRequest($"Table '{table.Name}' has no extent '{id}'.");
        }
    }

    private static ResultSet Drop(CommandContext context, IReadOnlyList<string> tables, Func<string, Extent, bool> isDropped, bool isPretended)
    {
        var rows = new List<object?[]>();
        lock (context.Database.SchemaGate)
        {
            foreach (Table table in tables.Distinct().Select(context.Database.Table))
            {
                List<Extent> dropped = [.. table.Extents.Where(e => isDropped(table.Name, e))];
                rows.AddRange(dropped.Select(e => new object?[] { e.Id, table.Name, e.CreatedOn }));
                if (!isPretended && dropped.Count > 0) context.Database.DropExtents(table, dropped.Select(e => e.Id).ToHashSet());
            }
        }

        return ResultSet.FromRows(Columns, rows);
    }
}
