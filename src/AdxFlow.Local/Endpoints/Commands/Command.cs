using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>A management command that the stand-in knows.</summary>
/// <param name="Words">The words it begins with, after the dot.</param>
/// <param name="Run">Reads the rest, checks the caller's roles, does it.</param>
internal sealed record Command(string Words, Func<CommandContext, CommandReader, ResultSet> Run)
{
    public IReadOnlyList<string> Parts { get; } = Words.Split(' ');
}
