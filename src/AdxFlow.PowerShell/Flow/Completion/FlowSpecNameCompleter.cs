using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the names of flow specifications.</summary>
public sealed class FlowSpecNameCompleter() : FlowCompleter(FlowEntity.FlowSpec, isName: true);
