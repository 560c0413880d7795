using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes tables from those that this runspace has seen in the connection given, or in any; never asks the network.</summary>
public sealed class FlowTableCompleter : IArgumentCompleter
{
    /// <summary>The tables that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        RunspaceState state = RunspaceState.Current;
        return (fakeBoundParameters?["Session"] as FlowSession ?? state.Flow) is { } session
            ? NameCompletion.Of(state.FlowNames.Tables(session, fakeBoundParameters?["ConnectionId"] as string), wordToComplete)
            : [];
    }
}
