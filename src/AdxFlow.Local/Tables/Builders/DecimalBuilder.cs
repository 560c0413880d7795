namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type decimal.</summary>
internal sealed class DecimalBuilder : ColumnBuilder<decimal>
{
    public DecimalBuilder()
        : base(KustoType.Decimal, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out decimal value) => ValueText.TryDecimal(utf8, out value);
}
