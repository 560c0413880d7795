using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of connection specs.</summary>
public sealed class ConnectionSpecIdCompleter() : FlowCompleter(FlowEntity.ConnectionSpec, isName: false);
