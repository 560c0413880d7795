namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type real.</summary>
internal sealed class RealBuilder : ColumnBuilder<double>
{
    public RealBuilder()
        : base(KustoType.Real, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out double value) => ValueText.TryReal(utf8, out value);
}
