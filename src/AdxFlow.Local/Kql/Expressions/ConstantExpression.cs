using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>One value for all rows. It keeps the widest vector it had to make, for chunks come in a few sizes only.</summary>
internal sealed class ConstantExpression : Expression
{
    private readonly Vector _single;
    private Vector _repeated;

    /// <param name="single">A vector of one row; or the values of a list, which is never evaluated itself.</param>
    public ConstantExpression(Vector single)
        : base(single.Type)
    {
        _single = single;
        _repeated = single;
    }

    public override bool IsConstant => true;

    /// <summary>The value as <see cref="Vector.GetValue"/> gives it.</summary>
    public object? Value => _single.GetValue(0);

    /// <summary>What it was made from: one value, or all those of a list, of which this expression is the first.</summary>
    public Vector Values => _single;

    public static ConstantExpression Of(KustoType type, object? value)
    {
        ColumnBuilder builder = ColumnBuilder.Create(type);
        builder.AppendObject(value);
        return new ConstantExpression(builder.Build());
    }

    public override Vector Evaluate(RowChunk chunk)
    {
        if (_repeated.Count < chunk.Count)
            _repeated = _single.Repeat(chunk.Count);
        return _repeated.Head(chunk.Count);
    }
}
