using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Behind which operators rows are still those of a table.</summary>
/// <remarks>
/// Source: Microsoft Learn, "extent_id()", "extent_tags()" and "ingestion_time()". They name <c>where</c>, <c>extend</c> and
/// <c>project</c>; the other operators here hand on the same records too, each of them once.
/// </remarks>
internal static class RowOrigins
{
    /// <summary>The origin of the rows that an operator gives.</summary>
    /// <param name="syntax">The operator.</param>
    /// <param name="input">The origin of those it gets.</param>
    public static RowOrigin Behind(OperatorSyntax syntax, RowOrigin input) => syntax switch
    {
        CountSyntax or DistinctSyntax or SummarizeSyntax or MakeSeriesSyntax or SampleDistinctSyntax or GetSchemaSyntax => RowOrigin.Computed,
        WhereSyntax or ExtendSyntax or ProjectSyntax or ProjectAwaySyntax or ProjectReorderSyntax or ProjectRenameSyntax or SerializeSyntax
            or ParseSyntax or TakeSyntax or SampleSyntax or SortSyntax or TopSyntax or AsSyntax or RenderSyntax => input,
        EvaluateSyntax { Plugin.Name: "pivot" or "narrow" } => RowOrigin.Computed,
        JoinSyntax or UnionSyntax or SearchSyntax => RowOrigin.Open,
        _ => input == RowOrigin.Computed ? input : RowOrigin.Open,
    };
}
