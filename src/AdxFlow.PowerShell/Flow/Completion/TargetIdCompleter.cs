using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of target connections.</summary>
public sealed class TargetIdCompleter() : FlowCompleter(FlowEntity.Target, isName: false);
