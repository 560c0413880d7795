using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of source connections.</summary>
public sealed class SourceIdCompleter() : FlowCompleter(FlowEntity.Source, isName: false);
