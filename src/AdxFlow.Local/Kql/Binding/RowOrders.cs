using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Which operators make, keep and lose serialized rows.</summary>
/// <remarks>
/// Source: Microsoft Learn, "serialize operator" and "Window functions overview". They contradict each other about
/// <c>mv-expand</c>, and say nothing of operators with more than one input.
/// </remarks>
internal static class RowOrders
{
    /// <summary>The order of the rows that an operator gives.</summary>
    /// <param name="syntax">The operator.</param>
    /// <param name="input">The order of those it gets.</param>
    public static RowOrder Behind(OperatorSyntax syntax, RowOrder input) => syntax switch
    {
        SortSyntax or TopSyntax or SerializeSyntax or GetSchemaSyntax => RowOrder.Serialized,
        CountSyntax or DistinctSyntax or SummarizeSyntax or MakeSeriesSyntax or SampleSyntax or SampleDistinctSyntax or EvaluateSyntax => RowOrder.None,
        JoinSyntax { IsLookup: false } => RowOrder.None,
        UnionSyntax or SearchSyntax or PartitionSyntax => RowOrder.Open,
        JoinSyntax or MvExpandSyntax or MvApplySyntax => input == RowOrder.None ? RowOrder.None : RowOrder.Open,
        _ => input,
    };
}
