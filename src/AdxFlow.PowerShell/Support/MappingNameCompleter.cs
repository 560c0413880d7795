using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes names of mappings, of the table given and of its database, from those that this session has seen; never asks the network.</summary>
public sealed class MappingNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        RunspaceState state = RunspaceState.Current;
        string? database = NameCompletion.Database(state, fakeBoundParameters);
        return database is null ? [] : NameCompletion.Of(state.MappingNames(database, fakeBoundParameters?["Table"] as string), wordToComplete);
    }
}
