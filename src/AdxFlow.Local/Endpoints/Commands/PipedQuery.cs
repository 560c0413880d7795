using System.Text.Json;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>The query behind the pipe of a command. It sees the command's result as a table of its own.</summary>
internal static class PipedQuery
{
    private const string Name = "T";

    /// <summary>Reads the query, which does not need the command's result yet.</summary>
    /// <exception cref="KqlException">It is malformed.</exception>
    public static ParsedQuery Parse(string command, int pipe) =>
        // The command's own text becomes blank, so that positions in errors are those of what was sent.
        KqlEngine.Parse(Name + string.Concat(command[..pipe].Skip(Name.Length).Select(c => c == '\n' ? '\n' : ' ')) + command[pipe..]);

    /// <summary>Runs the query.</summary>
    /// <exception cref="KqlException">It does not fit the result, or fails.</exception>
    public static ResultSet Run(ResultSet result, string command, int pipe, CancellationToken cancel)
    {
        var table = new Table(Name, result.Columns) { IsComputed = true };
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
        return KqlEngine.Execute(database, Parse(command, pipe), null, new ExecutionSettings(DateTime.UtcNow.Ticks, SchemaOnly: false), cancel)[0];
    }

    private static void Copy(Vector source, int row, TableAppender appender, int column)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            source.WriteJson(writer, row);
        var reader = new Utf8JsonReader(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        reader.Read();
        appender.AppendJson(column, ref reader);
    }
}
