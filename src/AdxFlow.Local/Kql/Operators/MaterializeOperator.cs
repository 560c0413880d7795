using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>materialize()</c>: computes its rows once and keeps them for the rest of the query.</summary>
internal sealed class MaterializeOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private List<RowChunk>? _chunks;

    /// <param name="input">The rows.</param>
    /// <param name="name">The name that <c>as</c> gives them, if it does.</param>
    public MaterializeOperator(TabularOperator input, string? name = null)
        : base(input.Schema)
    {
        _input = input;
        Name = name;
    }

    public override string? Name { get; }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        _chunks ??= [.. _input.Run(cancel)];
        foreach (RowChunk chunk in _chunks)
        {
            cancel.ThrowIfCancellationRequested();
            yield return chunk;
        }
    }
}
