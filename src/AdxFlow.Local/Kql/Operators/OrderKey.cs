using AdxFlow.Local.Kql.Expressions;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>A key to sort by.</summary>
internal sealed record OrderKey(Expression Expression, bool Descending, bool NullsFirst);
