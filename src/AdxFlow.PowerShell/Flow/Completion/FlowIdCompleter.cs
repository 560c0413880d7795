using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of dataflows.</summary>
public sealed class FlowIdCompleter() : FlowCompleter(FlowEntity.Flow, isName: false);
