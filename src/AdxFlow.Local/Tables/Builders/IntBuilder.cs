namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type int.</summary>
internal sealed class IntBuilder : ColumnBuilder<int>
{
    public IntBuilder()
        : base(KustoType.Int, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out int value) => ValueText.TryInt(utf8, out value);
}
