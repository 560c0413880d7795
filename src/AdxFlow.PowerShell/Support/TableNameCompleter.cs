using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes table names from those that this session has seen; never asks the network.</summary>
public sealed class TableNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        RunspaceState state = RunspaceState.Current;
        string? database = NameCompletion.Database(state, fakeBoundParameters);
        return database is not null && state.TableNames.TryGetValue(database, out SortedSet<string>? names)
            ? NameCompletion.Of(names, wordToComplete)
            : [];
    }
}
