using System.Collections.Concurrent;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>What is to be told about a result, each thing once a call. It is noticed where rows are read and told on the pipeline's thread.</summary>
internal sealed class ResultWarnings
{
    private readonly ConcurrentQueue<string> _waiting = new();
    private readonly ConcurrentDictionary<string, bool> _noticed = new(StringComparer.Ordinal);

    /// <summary>Notices a warning; false where it was noticed before.</summary>
    public bool Add(string warning)
    {
        if (!_noticed.TryAdd(warning, true))
            return false;
        _waiting.Enqueue(warning);
        return true;
    }

    public void Tell(Action<string> tell)
    {
        while (_waiting.TryDequeue(out string? warning))
            tell(warning);
    }
}
