using System.Text.Json;

[assembly: AssemblyFixture(typeof(AdxFlow.Clients.Tests.KqlParser))]

namespace AdxFlow.Clients.Tests;

/// <summary>Microsoft's own parser of KQL, in one Node process for all tests: a text costs it a tenth of a second.</summary>
public sealed class KqlParser : IAsyncDisposable
{
    private readonly Lazy<NodeProgram> _program = new(static () => new NodeProgram("kql-parser.js", []));

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _program.IsValueCreated ? _program.Value.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Parses a text. The test is skipped where there is no parser.</summary>
    /// <param name="text">A command or query.</param>
    /// <param name="names">Names of databases, tables and columns that are taken to exist.</param>
    internal async Task<ParsedText> ParseAsync(string text, params IEnumerable<string> names)
    {
        await NodeMachine.SkipIfMissingAsync();
        return ParsedText.Read(await _program.Value.AskAsync(JsonSerializer.Serialize(new { text, names = names.Distinct() }), TestContext.Current.CancellationToken));
    }
}
