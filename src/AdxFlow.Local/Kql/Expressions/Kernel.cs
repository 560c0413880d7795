using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>Computes a vector from the vectors of the arguments, all of <paramref name="count"/> rows.</summary>
internal delegate Vector Kernel(Vector[] arguments, int count);
