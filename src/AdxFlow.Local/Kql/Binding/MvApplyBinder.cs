using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>mv-apply</c>. The subquery sees the columns of the input that are not expanded under their own name, the elements
/// and their index. Its result has those columns of the input in front, whether the subquery keeps them or not; one that the
/// subquery gives too is the subquery's.
/// </summary>
/// <remarks>Source: Microsoft Learn, "mv-apply operator"; the order of the columns is that of the official parser.</remarks>
internal static class MvApplyBinder
{
    public static MvApplyOperator Bind(Scope scope, TabularOperator input, MvApplySyntax syntax)
    {
        var record = new ReplaySource(input.Schema);
        var binder = new MvExpandBinder(scope, syntax.Expansion, "mv-apply");
        MvExpandOperator expanded = binder.Bind(record);
        int[] elements = [.. binder.Expansions.Select(e => e.Ordinal)];
        int[] kept = [.. Enumerable.Range(0, input.Schema.Count).Except(elements)];
        int[] index = syntax.Expansion.IndexColumn is null ? [] : [expanded.Schema.Count - 1];
        ProjectOperator rows = ProjectBinder.Rearrange(expanded, [.. kept, .. elements, .. index]);
        rows.Order = RowOrder.Open;
        TabularOperator result = PipelineBinder.BindSubquery(scope, rows, syntax.Operators);

        var schema = new List<Column>();
        var columns = new List<(bool OfResult, int Ordinal)>();
        var given = new HashSet<int>();
        foreach (int ordinal in kept)
        {
            int own = result.Schema.ToList().FindIndex(c => c.Name == input.Schema[ordinal].Name);
            schema.Add(own < 0 ? input.Schema[ordinal] : result.Schema[own]);
            columns.Add((own >= 0, own < 0 ? ordinal : own));
            given.Add(own);
        }

        for (int i = 0; i < result.Schema.Count; i++)
        {
            if (given.Contains(i)) continue;
            schema.Add(result.Schema[i]);
            columns.Add((true, i));
        }

        return new MvApplyOperator(input, schema, record, expanded, result, columns);
    }
}
