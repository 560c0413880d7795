using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the states that a dataflow stays in. Others are taken too: the service has words for what lasts a moment.</summary>
public sealed class FlowStateCompleter : IArgumentCompleter
{
    /// <summary>The states that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompletion.Of(["enabled", "disabled", "draft"], wordToComplete);
}
