using System.Globalization;

namespace AdxFlow.Local;

/// <summary>The arguments of the console program.</summary>
internal static class ProgramArguments
{
    public const string Usage = """
        Usage: dotnet run --project src/AdxFlow.Local [-- [--port <number>] [--path <folder>] [--simulate-batching]]

          --port <number>      The port on loopback; a free one by default.
          --path <folder>      Keeps what it has in a folder, across restarts.
          --simulate-batching  Makes queued data wait as the batching policy says.
        """;

    /// <summary>How to start; null where the arguments are not as they must be.</summary>
    public static LocalClusterOptions? Read(IReadOnlyList<string> arguments)
    {
        int port = 0;
        string? path = null;
        bool batching = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--simulate-batching":
                    batching = true;
                    break;
                case "--port" when i + 1 < arguments.Count && int.TryParse(arguments[++i], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535:
                    break;
                case "--path" when i + 1 < arguments.Count && arguments[++i].Length > 0:
                    path = arguments[i];
                    break;
                default:
                    return null;
            }
        }

        return new LocalClusterOptions { Port = port, Path = path, SimulateBatching = batching };
    }
}
