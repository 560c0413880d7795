using System.Management.Automation;
using AdxFlow.Ingestion.Spool;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion.Spool;

/// <summary>Finds the spools that a cmdlet was pointed at; what is none is an error of that path.</summary>
internal static class SpoolPaths
{
    /// <param name="cmdlet">Who asks.</param>
    /// <param name="path">A directory with spools in it, or that of one ingestion.</param>
    /// <param name="names">Names or ids to choose by, with wildcards; all if null.</param>
    public static IReadOnlyList<AdxSpool> Find(AdxCmdlet cmdlet, string path, string[]? names)
    {
        var spools = new List<AdxSpool>();
        IReadOnlyList<string> directories;
        try
        {
            directories = AdxSpools.Find(FileSystemPath.Find(cmdlet, path) ?? throw SpoolErrors.NotFound(path));
        }
        catch (AdxException absent)
        {
            cmdlet.WriteError(absent.ToErrorRecord(path));
            return spools;
        }
        foreach (string directory in directories)
        {
            try
            {
                AdxSpool spool = AdxSpools.Read(directory);
                if (names is null || Array.Exists(names, name => Matches(spool, name)))
                    spools.Add(spool);
            }
            catch (AdxException failure)
            {
                cmdlet.WriteError(failure.ToErrorRecord(directory));
            }
        }
        foreach (string name in names ?? [])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name) && !spools.Exists(spool => Matches(spool, name)))
                cmdlet.WriteError(SpoolErrors.NotFound(System.IO.Path.Combine(path, name)).ToErrorRecord(name));
        }
        return spools;
    }

    private static bool Matches(AdxSpool spool, string name)
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return pattern.IsMatch(spool.Id.ToString()) || (spool.Name is not null && pattern.IsMatch(spool.Name));
    }
}
