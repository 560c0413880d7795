using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of base connections.</summary>
public sealed class ConnectionIdCompleter() : FlowCompleter(FlowEntity.Connection, isName: false);
