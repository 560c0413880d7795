using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes the ids of the ingestions that this session has sent, the last one first.</summary>
public sealed class IngestionIdCompleter : IArgumentCompleter
{
    /// <summary>The ids that begin with what was typed, each shown with its table, rows and status.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from ingestion in RunspaceState.Current.Ingestions.Reverse()
        let id = ingestion.Id.ToString()
        where id.StartsWith((wordToComplete ?? "").Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(id, id, CompletionResultType.ParameterValue, ingestion.ToString());
}
