namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type decimal.</summary>
internal sealed class DecimalBuilder : ColumnBuilder<KustoDecimal>
{
    public DecimalBuilder()
        : base(KustoType.Decimal, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out KustoDecimal value) => KustoDecimal.TryParse(utf8, out value);

    protected override KustoDecimal FromObject(object value) => (KustoDecimal)value;
}
