using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes principals from those that this session has seen in roles, by their own form or their name; never asks the network.</summary>
public sealed class PrincipalCompleter : IArgumentCompleter
{
    /// <summary>The principals whose form begins with what was typed, or whose name has it in it.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        foreach ((string fqn, string displayName) in RunspaceState.Current.Principals)
        {
            if (!fqn.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && !displayName.Contains(typed, StringComparison.OrdinalIgnoreCase))
                continue;
            // The ';' in it would end the command.
            string text = "'" + fqn.Replace("'", "''", StringComparison.Ordinal) + "'";
            yield return new CompletionResult(text, displayName.Length > 0 ? $"{fqn} ({displayName})" : fqn, CompletionResultType.ParameterValue, fqn);
        }
    }
}
