using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes names of sandboxes from those that this runspace has seen; never asks the network.</summary>
public sealed class SandboxNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompletion.Of(RunspaceState.Current.FlowNames.Sandboxes, wordToComplete);
}
