using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the names of base connections.</summary>
public sealed class ConnectionNameCompleter() : FlowCompleter(FlowEntity.Connection, isName: true);
