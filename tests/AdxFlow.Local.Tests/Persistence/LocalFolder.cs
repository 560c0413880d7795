namespace AdxFlow.Local.Tests.Persistence;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class LocalFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "adxflow-local-" + Guid.NewGuid().ToString("N"));

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public string Manifest => System.IO.Path.Combine(Path, "adxflow-local.json");

    /// <summary>All files in it, by their paths inside of it, but for the lock.</summary>
    public SortedDictionary<string, byte[]> Files
    {
        get
        {
            var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            {
                string name = System.IO.Path.GetRelativePath(Path, file);
                if (name != "lock") files.Add(name, File.ReadAllBytes(file));
            }

            return files;
        }
    }

    /// <summary>Makes the folder one of these files.</summary>
    public void Fill(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        Dispose();
        foreach (string inner in (string[])["rows", "blobs"])
            Directory.CreateDirectory(System.IO.Path.Combine(Path, inner));
        foreach ((string name, byte[] content) in files)
            File.WriteAllBytes(System.IO.Path.Combine(Path, name), content);
    }

    public LocalCluster Start() => LocalCluster.Start(new LocalClusterOptions { Path = Path });

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
