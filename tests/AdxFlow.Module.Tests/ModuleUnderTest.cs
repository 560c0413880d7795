namespace AdxFlow.ModuleTests;

/// <summary>
/// A private build of the module, laid out like a clone: the manifest and <c>module/</c> at the root, the built module
/// under <c>output/AdxFlow/&lt;version&gt;</c>. It goes away with this object.
/// </summary>
internal sealed class ModuleUnderTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adxflow-module-");

    private ModuleUnderTest()
    {
    }

    /// <summary>The manifest of the built module.</summary>
    public string Manifest { get; private set; } = "";

    /// <summary>The manifest of the clone.</summary>
    public string CloneManifest => Path.Combine(_folder.FullName, "AdxFlow.psd1");

    /// <summary>Assembles the module from what the compiler has left.</summary>
    /// <exception cref="InvalidOperationException">build.ps1 failed; the message holds what it wrote.</exception>
    public static async Task<ModuleUnderTest> BuildAsync()
    {
        var module = new ModuleUnderTest();
        string output = Path.Combine(module._folder.FullName, "output");
        (int exitCode, string text) = await PowerShellProcess.RunAsync(
            TimeSpan.FromMinutes(5),
            new Dictionary<string, string>(),
            "-File", Path.Combine(TestMachine.RepositoryRoot, "build.ps1"), "Build",
            "-Configuration", TestMachine.Configuration, "-NoBuild", "-OutputPath", output);
        if (exitCode != 0)
        {
            module.Dispose();
            throw new InvalidOperationException($"build.ps1 ended with exit code {exitCode}.\n{text}");
        }

        string built = Directory.GetDirectories(Path.Combine(output, "AdxFlow")).Single();
        module.Manifest = Path.Combine(built, "AdxFlow.psd1");
        File.Copy(module.Manifest, module.CloneManifest);
        DirectoryInfo scripts = module._folder.CreateSubdirectory("module");
        foreach (string file in Directory.GetFiles(Path.Combine(built, "module")))
            File.Copy(file, Path.Combine(scripts.FullName, Path.GetFileName(file)));
        return module;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
