using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the names of datasets.</summary>
public sealed class DatasetNameCompleter() : FlowCompleter(FlowEntity.Dataset, isName: true);
