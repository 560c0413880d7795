namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type bool.</summary>
internal sealed class BoolBuilder : ColumnBuilder<bool>
{
    public BoolBuilder()
        : base(KustoType.Bool, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out bool value) => ValueText.TryBool(utf8, out value);
}
