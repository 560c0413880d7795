using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary>Puts the values of a window function behind the columns of its rows.</summary>
internal sealed class WindowOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly Func<WindowFunction> _function;

    public WindowOperator(TabularOperator input, IReadOnlyList<Column> schema, Func<WindowFunction> function)
        : base(schema)
    {
        _input = input;
        _function = function;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        EnsureStack();
        WindowFunction function = _function();
        foreach (RowChunk chunk in _input.Run(cancel))
            yield return chunk.With([.. chunk.Columns, function.Compute(chunk)]);
    }
}
