using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Computes new columns from those of the input: <c>project</c> and its variants, <c>extend</c>.</summary>
internal sealed class ProjectOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly Expression[] _expressions;

    public ProjectOperator(TabularOperator input, IReadOnlyList<Column> schema, Expression[] expressions)
        : base(schema)
    {
        _input = input;
        _expressions = expressions;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in _input.Run(cancel))
            yield return chunk.With(Array.ConvertAll(_expressions, e => e.Evaluate(chunk)));
    }
}
