using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.Ingestion.Spool;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes the names of the spools in the directory that the command line names; looks at this machine's disk only.</summary>
public sealed class SpoolNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        (fakeBoundParameters?["SpoolPath"] ?? fakeBoundParameters?["Path"]) is { } given && LanguagePrimitives.TryConvertTo(given, out string path)
            ? NameCompletion.Of(Names(path), wordToComplete)
            : [];

    private static List<string> Names(string path)
    {
        var names = new List<string>();
        try
        {
            foreach (string spool in AdxSpools.Find(Resolve(path)))
            {
                if (AdxSpools.Read(spool).Name is { } name)
                    names.Add(name);
            }
        }
        catch (Exception failure) when (failure is AdxException or SessionStateException)
        {
            // Where none can be read, there is nothing to offer.
        }
        return names;
    }

    // The line that is completed is itself run by a pipeline, and only one nested in it may ask where the session is. What goes
    // wrong behind that is no error of the session.
    private static string Resolve(string path)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path", useLocalScope: true).Invoke<PathIntrinsics>()[0].GetUnresolvedProviderPathFromPSPath(path);
    }
}
