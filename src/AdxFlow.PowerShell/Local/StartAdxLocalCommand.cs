using System.Management.Automation;
using System.Net;
using AdxFlow.Local;
using AdxFlow.PowerShell.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Local;

/// <summary>Starts the embedded stand-in for Azure Data Explorer in this process, if it does not run yet.</summary>
[Cmdlet(VerbsLifecycle.Start, "AdxLocal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AdxLocal))]
public sealed class StartAdxLocalCommand : AdxCmdlet
{
    /// <summary>The port to listen on; any free one by default.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Makes queued data wait as the batching policy of the table or database says, as the service does.</summary>
    [Parameter]
    public SwitchParameter SimulateBatching { get; set; }

    /// <summary>A folder in which it keeps what it has; it is made if it is not there. By default nothing is kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Starts it.</summary>
    protected override void EndProcessing()
    {
        if (!ShouldProcess(Port == 0 ? "http://localhost" : $"http://localhost:{Port}", "Start the stand-in for Azure Data Explorer"))
            return;
        string? folder = Folder();
        LocalCluster? running = LocalProcess.Running;
        if (running is not null && Port != 0 && running.ClusterUri.Port != Port)
        {
            Throw(new AdxException("AdxLocalRunning", AdxErrorKind.AlreadyExists, $"The stand-in of this process runs already, at {running.ClusterUri}.")
            {
                RecommendedAction = $"Use that one, or run Stop-AdxLocal first{Loss(running)}.",
            }, Port);
        }

        if (running is not null && SimulateBatching && !running.SimulatesBatching)
        {
            Throw(new AdxException("AdxLocalRunning", AdxErrorKind.AlreadyExists, $"The stand-in of this process runs already, at {running.ClusterUri}, without batching.")
            {
                RecommendedAction = $"Run Stop-AdxLocal first{Loss(running)}.",
            }, running.ClusterUri);
        }

        if (running is not null && folder is not null && running.Path != folder)
        {
            Throw(new AdxException("AdxLocalRunning", AdxErrorKind.AlreadyExists, $"The stand-in of this process runs already, at {running.ClusterUri}, {(running.Path is null ? "and keeps nothing" : $"and keeps what it has in '{running.Path}'")}.")
            {
                RecommendedAction = $"Run Stop-AdxLocal first{Loss(running)}.",
            }, folder);
        }

        try
        {
            LocalCluster started = LocalProcess.Start(Port, SimulateBatching, folder);
            WriteObject(new AdxLocal(started.ClusterUri, started.IngestionUri, started.FlowUri, started.ImsUri, started.Path));
        }
        catch (LocalPathException failure)
        {
            Throw(LocalPathErrors.From(failure), folder);
        }
        catch (HttpListenerException failure)
        {
            Throw(new AdxException("AdxLocalPortInUse", AdxErrorKind.ConnectionFailed, $"The stand-in cannot listen on port {Port}: {failure.Message}", failure)
            {
                RecommendedAction = "Leave -Port out to get a free one.",
            }, Port);
        }
    }

    private string? Folder()
    {
        if (Path is null)
            return null;
        if (FileSystemPath.Find(this, Path) is { } found)
            return System.IO.Path.GetFullPath(found);
        Throw(LocalPathErrors.NotInFileSystem(Path), Path);
        return null;
    }

    private static string Loss(LocalCluster running) => running.Path is null ? ", which loses its tables" : "";
}
