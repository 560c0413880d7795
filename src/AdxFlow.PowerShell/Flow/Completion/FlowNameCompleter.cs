using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the names of dataflows.</summary>
public sealed class FlowNameCompleter() : FlowCompleter(FlowEntity.Flow, isName: true);
