namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type datetime, as ticks in UTC.</summary>
internal sealed class DateTimeBuilder : ColumnBuilder<long>
{
    public DateTimeBuilder()
        : base(KustoType.DateTime, default)
    {
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out long value) => ValueText.TryDateTime(utf8, out value);

    protected override long FromObject(object value) => value switch
    {
        DateTimeOffset moment => moment.UtcTicks,
        DateTime moment => moment.Kind == DateTimeKind.Local ? moment.ToUniversalTime().Ticks : moment.Ticks,
        _ => (long)value,
    };
}
