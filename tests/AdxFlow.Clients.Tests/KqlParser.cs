using System.Diagnostics;
using System.Text;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(AdxFlow.Clients.Tests.KqlParser))]

namespace AdxFlow.Clients.Tests;

/// <summary>
/// Microsoft's own parser of KQL, in one Node process for all tests: it takes seconds to start, and a tenth of one for a text.
/// </summary>
public sealed class KqlParser : IAsyncLifetime
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly StringBuilder _errors = new();
    private string? _missing;
    private Process? _process;

    /// <summary>Starts it, if Node and the package are to be had.</summary>
    public async ValueTask InitializeAsync()
    {
        _missing = await NodeMachine.FindWhatIsMissingAsync();
        if (_missing is not null)
            return;
        ProcessStartInfo start = NodeMachine.Start("node", "kql-parser.js");
        start.StandardInputEncoding = start.StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        _turn.Dispose();
    }

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
        if (_missing is not null)
            Assert.Skip(_missing);

        CancellationToken cancel = TestContext.Current.CancellationToken;
        await _turn.WaitAsync(cancel);
        try
        {
            await _process!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question).AsMemory(), cancel);
            await _process.StandardInput.FlushAsync(cancel);
            if (await _process.StandardOutput.ReadLineAsync(cancel) is { } answer)
                return answer;
            await _process.WaitForExitAsync(cancel);
            lock (_errors)
                throw new InvalidOperationException($"The parser ended with exit code {_process.ExitCode}.\n{_errors}");
        }
        finally
        {
            _turn.Release();
        }
    }
}
