using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the names of target connections.</summary>
public sealed class TargetNameCompleter() : FlowCompleter(FlowEntity.Target, isName: true);
