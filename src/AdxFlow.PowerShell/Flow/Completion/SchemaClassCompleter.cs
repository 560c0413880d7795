using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the classes that schemas are made of most. The $id of another one is taken too.</summary>
public sealed class SchemaClassCompleter : IArgumentCompleter
{
    /// <summary>The classes that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompletion.Of(["Profile", "ExperienceEvent"], wordToComplete);
}
