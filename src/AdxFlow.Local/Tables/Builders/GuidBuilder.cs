namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type guid.</summary>
internal sealed class GuidBuilder : ColumnBuilder<Guid>
{
    public GuidBuilder()
        : base(KustoType.Guid, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out Guid value) => ValueText.TryGuid(utf8, out value);
}
