using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of datasets.</summary>
public sealed class DatasetIdCompleter() : FlowCompleter(FlowEntity.Dataset, isName: false);
