namespace AdxFlow.Samples;

/// <summary>The clone that this program was built in.</summary>
internal static class Repository
{
    /// <summary>Finds the folder of the solution, upwards from the program.</summary>
    /// <exception cref="DirectoryNotFoundException">The program was moved out of its clone.</exception>
    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AdxFlow.PowerShell.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"There is no AdxFlow.PowerShell.sln in or above {AppContext.BaseDirectory}.");
    }
}
