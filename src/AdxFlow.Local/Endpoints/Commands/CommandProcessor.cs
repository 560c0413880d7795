using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Finds a management command in the table of those it knows, and runs it.</summary>
internal sealed class CommandProcessor(LocalServices services)
{
    private static readonly Command[] Commands =
    [
        .. DatabaseCommands.All,
        .. TableCommands.All,
        .. TablesCommands.All,
        .. TableSchemaCommands.All,
        .. PolicyCommands.All,
        .. MappingCommands.All,
        .. RoleCommands.All,
        .. ClusterCommands.All,
        .. IngestionCommands.All,
        .. IngestFromQueryCommands.All,
        .. QueuedIngestionCommands.All,
        .. ClassicCommands.All,
        .. OperationCommands.All,
        .. StreamingCacheCommands.All,
        .. StreamingFailureCommands.All,
        .. QueryCommands.All,
    ];

    /// <exception cref="ServiceException">The command is malformed, unknown, not allowed, or cannot be done.</exception>
    /// <exception cref="KqlException">A query piped behind the command is refused.</exception>
    public ResultSet Execute(HostedDatabase database, string text, Caller caller, string clientRequestId, CancellationToken cancel)
    {
        var reader = new CommandReader(text, CommandText.Start(text));
        reader.ExpectMark(".");
        Command command = Find(reader) ?? throw UnknownCommand.Refuse(reader);
        for (int i = 0; i < command.Parts.Count; i++)
            reader.Take();
        ResultSet result = command.Run(new CommandContext(services, database, caller, clientRequestId, cancel), reader);
        if (command.Parts[0] != "show") services.KeepChanges();
        return reader.Next.IsMark("|") ? Pipe(result, text, reader.Next.Start, cancel) : result;
    }

    private static Command? Find(CommandReader reader)
    {
        Command? best = null;
        foreach (Command command in Commands)
        {
            if (command.Parts.Count > (best?.Parts.Count ?? 0) && Matches(reader, command)) best = command;
        }

        return best;
    }

    private static bool Matches(CommandReader reader, Command command)
    {
        var ahead = new CommandReader(reader.Text, reader.Next.Start);
        return command.Parts.All(ahead.TryWord);
    }

    /// <summary>Runs the query behind a command on the command's result, as a table of its own.</summary>
    private static ResultSet Pipe(ResultSet result, string text, int pipe, CancellationToken cancel)
    {
        const string Name = "T";
        var table = new Table(Name, result.Columns);
        TableAppender appender = table.CreateAppender();
        foreach (RowChunk chunk in result.Chunks)
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                for (int i = 0; i < chunk.Width; i++)
                    Copy(chunk[i], row, appender, i);
                appender.EndRow();
            }
        }

        appender.Commit(0);
        var database = new Database("");
        database.Tables[Name] = table;

        // The command's own text becomes blank, so that positions in errors are those of what was sent.
        string query = Name + string.Concat(text[..pipe].Skip(Name.Length).Select(c => c == '\n' ? '\n' : ' ')) + text[pipe..];
        IReadOnlyList<ResultSet> results = KqlEngine.Execute(database, query, null, cancel);
        return results[0];
    }

    private static void Copy(Vector source, int row, TableAppender appender, int column)
    {
        var buffer = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
            source.WriteJson(writer, row);
        var reader = new System.Text.Json.Utf8JsonReader(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        reader.Read();
        appender.AppendJson(column, ref reader);
    }
}
