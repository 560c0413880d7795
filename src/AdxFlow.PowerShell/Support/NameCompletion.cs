using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Support;

/// <summary>What the completers of names share.</summary>
internal static class NameCompletion
{
    /// <summary>The connection that the command line names, or that of the session.</summary>
    public static AdxConnection? Connection(RunspaceState state, IDictionary? bound) => bound?["Connection"] as AdxConnection ?? state.Connection;

    /// <summary>The database that the command line names, or that of its connection.</summary>
    public static string? Database(RunspaceState state, IDictionary? bound) => bound?["Database"] as string ?? Connection(state, bound)?.Database;

    /// <summary>The names that begin with what was typed, in quotes where they need them.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> names, string? word)
    {
        var pattern = WildcardPattern.Get(WildcardPattern.Escape((word ?? "").Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        return names.Where(pattern.IsMatch).Select(static name =>
        {
            bool isBare = name.All(static letter => char.IsLetterOrDigit(letter) || letter == '_');
            string text = isBare ? name : "'" + name.Replace("'", "''", StringComparison.Ordinal) + "'";
            return new CompletionResult(text, name, CompletionResultType.ParameterValue, name);
        });
    }
}
