namespace AdxFlow.Local.Kql.Operators;

/// <summary>One of the tables of a union.</summary>
/// <param name="Table">Its rows.</param>
/// <param name="Source">What the column of sources says, or null where there is none.</param>
/// <param name="Ordinals">Which of its columns is in each column of the result, -1 for none; the column of sources is not among them.</param>
internal sealed record UnionLeg(TabularOperator Table, string? Source, int[] Ordinals);
