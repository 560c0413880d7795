using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AdxFlow.Local;

if (args is ["-h" or "--help", ..])
{
    Console.WriteLine(ProgramArguments.Usage);
    return 0;
}

if (ProgramArguments.Read(args) is not { } options)
{
    Console.Error.WriteLine(ProgramArguments.Usage);
    return 2;
}

LocalCluster cluster;
try
{
    cluster = LocalCluster.Start(options);
}
catch (Exception e) when (e is HttpListenerException or SocketException)
{
    Console.Error.WriteLine($"Port {options.Port} cannot be used: {e.Message}");
    return 1;
}
catch (LocalPathException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

await using (cluster)
{
    Console.WriteLine($"Cluster:   {cluster.ClusterUri}");
    Console.WriteLine($"Ingestion: {cluster.IngestionUri}");
    Console.WriteLine($"Flow:      {cluster.FlowUri}");
    Console.WriteLine($"IMS:       {cluster.ImsUri}");
    Console.WriteLine($"AdxFlow local stand-in {LocalCluster.Version}. {(cluster.Path is null ? "All lives in memory." : $"All is kept in {cluster.Path}.")} Ctrl+C stops it.");
    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.TrySetResult();
    }

    using (PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop))
    using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop))
        await stop.Task;
}

return 0;
