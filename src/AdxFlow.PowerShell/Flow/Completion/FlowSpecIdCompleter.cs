using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of flow specifications.</summary>
public sealed class FlowSpecIdCompleter() : FlowCompleter(FlowEntity.FlowSpec, isName: false);
