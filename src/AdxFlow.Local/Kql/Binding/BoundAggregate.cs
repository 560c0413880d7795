using AdxFlow.Local.Kql.Aggregates;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>A bound aggregate: the columns it gives, with their suggested names, and how its state is made.</summary>
internal sealed record BoundAggregate(IReadOnlyList<Column> Outputs, Func<Aggregate> Create);
