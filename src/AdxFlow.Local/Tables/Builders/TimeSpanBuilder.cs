namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type timespan, as ticks.</summary>
internal sealed class TimeSpanBuilder : ColumnBuilder<long>
{
    public TimeSpanBuilder()
        : base(KustoType.TimeSpan, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out long value) => ValueText.TryTimeSpan(utf8, out value);

    protected override long FromObject(object value) => value is TimeSpan duration ? duration.Ticks : (long)value;
}
