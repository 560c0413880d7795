using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Properties whose getter threw, each told once: the row goes on without that value.</summary>
internal sealed class ReadFailures(Action<string> warn)
{
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string property, Exception failure)
    {
        // Ctrl+C shows itself as a failure to read, and must not pass for one.
        if (failure is PipelineStoppedException || failure.InnerException is PipelineStoppedException)
            throw new PipelineStoppedException();
        if (_told.Add(property))
            warn($"Property '{property}' cannot be read from every object; where it cannot, its column stays empty. {(failure.InnerException ?? failure).Message}");
    }
}
