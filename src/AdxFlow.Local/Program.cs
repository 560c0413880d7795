using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AdxFlow.Local;

if (args is ["-h" or "--help", ..])
{
    Console.WriteLine("Usage: dotnet run --project src/AdxFlow.Local [-- --port <number>]");
    return 0;
}

int port = 0;
if (args.Length > 0 && (args is not ["--port", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535))
{
    Console.Error.WriteLine("Usage: dotnet run --project src/AdxFlow.Local [-- --port <number>]");
    return 2;
}

LocalCluster cluster;
try
{
    cluster = LocalCluster.Start(new LocalClusterOptions { Port = port });
}
catch (Exception e) when (e is HttpListenerException or SocketException)
{
    Console.Error.WriteLine($"Port {port} cannot be used: {e.Message}");
    return 1;
}

await using (cluster)
{
    Console.WriteLine($"Cluster:   {cluster.ClusterUri}");
    Console.WriteLine($"Ingestion: {cluster.IngestionUri}");
    Console.WriteLine($"Flow:      {cluster.FlowUri}");
    Console.WriteLine($"IMS:       {cluster.ImsUri}");
    Console.WriteLine($"AdxFlow local stand-in {LocalCluster.Version}. Tables live in memory. Ctrl+C stops it.");
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
