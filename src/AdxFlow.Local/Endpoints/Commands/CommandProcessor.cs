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
        .. ExtentCommands.All,
        .. DropExtentsCommands.All,
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
        return reader.Next.IsMark("|") ? PipedQuery.Run(result, text, reader.Next.Start, cancel) : result;
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
}
