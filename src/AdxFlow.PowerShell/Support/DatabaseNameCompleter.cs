using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes database names from those that this session has seen on the cluster; never asks the network.</summary>
public sealed class DatabaseNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        RunspaceState state = RunspaceState.Current;
        return NameCompletion.Connection(state, fakeBoundParameters) is { } connection
            ? NameCompletion.Of(state.DatabasesOf(connection), wordToComplete)
            : [];
    }
}
