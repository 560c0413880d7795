using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>One of the arrays of an <c>mv-expand</c>.</summary>
/// <param name="Ordinal">The column of the result that gets the elements.</param>
/// <param name="Array">The array or bag.</param>
/// <param name="Type">The type of the elements.</param>
internal sealed record MvExpansion(int Ordinal, Expression Array, KustoType Type);
