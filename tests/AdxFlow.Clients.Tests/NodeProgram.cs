using System.Diagnostics;
using System.Text;

namespace AdxFlow.Clients.Tests;

/// <summary>A script of tests/clients in a Node process of its own. It takes seconds to start, so tests share it.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    /// <param name="script">The script's file name.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="certificate">The file of a certificate that it is to trust, beside those of the machine; null for none.</param>
    public NodeProgram(string script, IEnumerable<string> arguments, string? certificate = null)
    {
        ProcessStartInfo start = NodeMachine.Start("node", [script, .. arguments]);
        start.StandardInputEncoding = start.StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (certificate is not null)
            start.Environment["NODE_EXTRA_CA_CERTS"] = certificate;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Gives it a line, and reads the line that it answers.</summary>
    public async Task<string> AskAsync(string line, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancel);
            await _process.StandardInput.FlushAsync(cancel);
            return await ReadLineAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads a line that it writes by itself.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        if (await _process.StandardOutput.ReadLineAsync(cancel) is { } line)
            return line;
        await _process.WaitForExitAsync(cancel);
        lock (_errors)
            throw new InvalidOperationException($"It ended with exit code {_process.ExitCode}.\n{_errors}");
    }

    /// <summary>Each of the scripts ends with its input.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _turn.Dispose();
    }
}
