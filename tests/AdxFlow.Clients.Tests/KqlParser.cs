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
    internal async Task<ParsedText> ParseAsync(string text, params IEnumerable<string> names) =>
        ParsedText.Read(await AskAsync(new { text, names = names.Distinct() }));

    /// <summary>Parses a query and gives its types. The test is skipped where there is no parser.</summary>
    /// <param name="text">A query.</param>
    /// <param name="tables">The tables there are, and the columns of each as <c>a:long, b:string</c>.</param>
    internal async Task<ParsedText> AnalyzeAsync(string text, IReadOnlyDictionary<string, string> tables) =>
        ParsedText.Read(await AskAsync(new { text, tables }));

    /// <summary>The names of all that KQL has: <c>operators</c>, <c>functions</c>, <c>aggregates</c>, <c>plugins</c>.</summary>
    internal async Task<IReadOnlyDictionary<string, string[]>> GetCatalogueAsync() =>
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(await AskAsync(new { catalogue = true }))!;

    private async Task<string> AskAsync(object question)
    {
        await NodeMachine.SkipIfMissingAsync();
        return await _program.Value.AskAsync(JsonSerializer.Serialize(question), TestContext.Current.CancellationToken);
    }
}
