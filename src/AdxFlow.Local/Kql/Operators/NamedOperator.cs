using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>as</c>: the same rows under a name, which <c>union</c> shows as their source.</summary>
internal sealed class NamedOperator : TabularOperator
{
    private readonly TabularOperator _input;

    public NamedOperator(TabularOperator input, string name)
        : base(input.Schema)
    {
        _input = input;
        Name = name;
    }

    public override string Name { get; }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel) => _input.Run(cancel);
}
