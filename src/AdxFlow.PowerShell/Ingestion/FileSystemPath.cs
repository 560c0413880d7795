using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Paths of PowerShell's drives, as .NET knows them.</summary>
internal static class FileSystemPath
{
    private const string FileSystem = "FileSystem";

    /// <summary>The path, which need not exist; null where it is of no file system, or of no drive, or can be none.</summary>
    public static string? Find(PSCmdlet cmdlet, string path)
    {
        try
        {
            string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return Is(provider) && !file.Contains('\0', StringComparison.Ordinal) ? file : null;
        }
        catch (SessionStateException)
        {
            // There is no such drive or provider.
            return null;
        }
    }

    public static bool Is(ProviderInfo provider) => provider.Name == FileSystem;
}
