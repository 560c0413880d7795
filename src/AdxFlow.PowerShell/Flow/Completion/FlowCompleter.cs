using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>
/// Completes ids or names of what this runspace has seen in the session's sandbox; never asks the network. Ids are found by the name as well: nobody types one.
/// </summary>
public abstract class FlowCompleter : IArgumentCompleter
{
    private readonly FlowEntity _entity;
    private readonly bool _isName;

    private protected FlowCompleter(FlowEntity entity, bool isName)
    {
        _entity = entity;
        _isName = isName;
    }

    /// <summary>Those that begin with what was typed; for ids, also those whose name has it in it.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        RunspaceState state = RunspaceState.Current;
        if ((fakeBoundParameters?["Session"] as FlowSession ?? state.Flow) is not { } session)
            return [];
        IEnumerable<KeyValuePair<string, string>> known = state.FlowNames.Of(session, _entity);
        return _isName
            ? NameCompletion.Of(known.Select(static entity => entity.Value).Where(static name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase), wordToComplete)
            : Ids(known, (wordToComplete ?? string.Empty).Trim('\'', '"'));
    }

    private static IEnumerable<CompletionResult> Ids(IEnumerable<KeyValuePair<string, string>> known, string typed) => known
        .Where(entity => entity.Key.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || entity.Value.Contains(typed, StringComparison.OrdinalIgnoreCase))
        .Select(static entity => new CompletionResult(entity.Key, entity.Value.Length > 0 ? $"{entity.Value} ({entity.Key})" : entity.Key, CompletionResultType.ParameterValue, entity.Key));
}
