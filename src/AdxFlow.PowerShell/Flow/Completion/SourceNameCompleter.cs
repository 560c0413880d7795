using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the names of source connections.</summary>
public sealed class SourceNameCompleter() : FlowCompleter(FlowEntity.Source, isName: true);
