using System.Collections.ObjectModel;
using System.IO.Enumeration;
using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Finds the files that paths stand for: a directory stands for the files in it.</summary>
/// <param name="cmdlet">Knows the drives, and tells what is not there.</param>
/// <param name="recurse">Directories stand for what is below them as well.</param>
/// <param name="exclude">Names to leave out, with wildcards.</param>
internal sealed class FilePaths(PSCmdlet cmdlet, bool recurse, IEnumerable<string> exclude)
{
    private readonly WildcardPattern[] _exclude = [.. exclude.Select(Pattern)];

    /// <summary>Names taken as they stand.</summary>
    public IEnumerable<string> Literal(string path) => Locate(path) is { } found ? Expand(found) : [];

    /// <summary>Names with wildcards. With <c>-Recurse</c> the last part of the path is looked for below the rest of it.</summary>
    public IEnumerable<string> Matching(string path)
    {
        string leaf = Path.GetFileName(path);
        if (recurse && WildcardPattern.ContainsWildcardCharacters(leaf))
        {
            string parent = path[..^leaf.Length];
            return Resolve(parent.Length == 0 ? "." : parent).SelectMany(directory => FilesIn(directory, Pattern(leaf)));
        }
        return Resolve(path).SelectMany(Expand);
    }

    private IEnumerable<string> Expand(string path)
    {
        if (Directory.Exists(path))
            return FilesIn(path, null);
        return IsExcluded(Path.GetFileName(path)) ? [] : [path];
    }

    private IEnumerable<string> FilesIn(string directory, WildcardPattern? pattern)
    {
        bool any = false;
        var options = new EnumerationOptions { RecurseSubdirectories = recurse, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        var files = new FileSystemEnumerable<string>(directory, static (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && pattern?.IsMatch(entry.FileName.ToString()) != false && !IsExcluded(entry.FileName.ToString()),
            // A link may lead back up.
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        using IEnumerator<string> found = files.GetEnumerator();
        while (MoveNext(found, directory))
        {
            any = true;
            yield return found.Current;
        }
        if (!any)
            cmdlet.WriteError(SendErrors.NoFiles(directory).ToErrorRecord(directory));
    }

    private bool MoveNext(IEnumerator<string> files, string directory)
    {
        try
        {
            return files.MoveNext();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(SendErrors.DirectoryUnreadable(directory, failure).ToErrorRecord(directory));
            return false;
        }
    }

    private bool IsExcluded(string name) => Array.Exists(_exclude, pattern => pattern.IsMatch(name));

    private Collection<string> Resolve(string path)
    {
        try
        {
            Collection<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (found.Count > 0 && FileSystemPath.Is(provider))
                return found;
        }
        catch (Exception absent) when (absent is ItemNotFoundException or SessionStateException)
        {
            // The engine says it in its own words, with the other things that can be wrong with a file.
        }
        return Locate(path) is { } file ? [file] : [];
    }

    /// <summary>A path of the file system as .NET knows it; of anything else, an error and null.</summary>
    private string? Locate(string path)
    {
        if (FileSystemPath.Find(cmdlet, path) is { } file)
            return file;
        cmdlet.WriteError(SendErrors.NotInFileSystem(path).ToErrorRecord(path));
        return null;
    }

    private static WildcardPattern Pattern(string text) => new(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
