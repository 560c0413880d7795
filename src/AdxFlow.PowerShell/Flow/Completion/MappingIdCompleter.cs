using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Completion;

/// <summary>Completes the ids of mappings.</summary>
public sealed class MappingIdCompleter() : FlowCompleter(FlowEntity.Mapping, isName: false);
