using AdxFlow.Local;

namespace AdxFlow.PowerShell.Local;

/// <summary>The stand-in of this process: one process is one cluster, whatever the number of its runspaces.</summary>
internal static class LocalProcess
{
    private static readonly object Gate = new();
    private static LocalCluster? _running;

    public static LocalCluster? Running
    {
        get
        {
            lock (Gate)
                return _running;
        }
    }

    /// <summary>The one that runs, or a new one.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="simulateBatching">True to make queued data wait as the batching policy says.</param>
    /// <param name="path">The folder in which it keeps what it has; null to keep nothing.</param>
    public static LocalCluster Start(int port, bool simulateBatching = false, string? path = null)
    {
        lock (Gate)
            return _running ??= LocalCluster.Start(new LocalClusterOptions { Port = port, SimulateBatching = simulateBatching, Path = path });
    }

    public static void Stop()
    {
        lock (Gate)
        {
            _running?.Dispose();
            _running = null;
        }
    }
}
