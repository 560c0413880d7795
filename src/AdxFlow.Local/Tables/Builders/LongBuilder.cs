namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type long.</summary>
internal sealed class LongBuilder : ColumnBuilder<long>
{
    public LongBuilder()
        : base(KustoType.Long, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out long value) => ValueText.TryLong(utf8, out value);
}
