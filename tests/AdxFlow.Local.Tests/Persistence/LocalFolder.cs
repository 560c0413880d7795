namespace AdxFlow.Local.Tests.Persistence;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class LocalFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "adxflow-local-" + Guid.NewGuid().ToString("N"));

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public LocalCluster Start() => LocalCluster.Start(new LocalClusterOptions { Path = Path });

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
