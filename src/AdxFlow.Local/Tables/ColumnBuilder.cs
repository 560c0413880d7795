using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>Grows one column value by value; text and JSON go straight into the typed array, nothing is boxed.</summary>
internal abstract class ColumnBuilder
{
    protected ColumnBuilder(KustoType type) => Type = type;

    public KustoType Type { get; }

    public int Count { get; protected set; }

    /// <summary>True where the chunk should end, although more rows would fit.</summary>
    public virtual bool IsFull => false;

    public static ColumnBuilder Create(KustoType type) => type switch
    {
        KustoType.Bool => new BoolBuilder(),
        KustoType.Int => new IntBuilder(),
        KustoType.Long => new LongBuilder(),
        KustoType.Real => new RealBuilder(),
        KustoType.Decimal => new DecimalBuilder(),
        KustoType.DateTime => new DateTimeBuilder(),
        KustoType.TimeSpan => new TimeSpanBuilder(),
        KustoType.Guid => new GuidBuilder(),
        KustoType.String => new StringColumnBuilder(),
        _ => new DynamicColumnBuilder(),
    };

    /// <summary>Appends a cell of a text format. Empty is null, or "" for string. False, and a null, where it does not fit the type.</summary>
    public abstract bool AppendText(ReadOnlySpan<byte> utf8);

    /// <summary>Appends a field of each record of a block; null, or "" for string, where a record has not that many.</summary>
    public abstract void AppendFields(RecordBlock records, int ordinal);

    /// <summary>Appends the JSON value at which the reader stands and leaves the reader at its last token. False, and a null,
    /// where it does not fit the type.</summary>
    public abstract bool AppendJson(ref Utf8JsonReader reader);

    /// <summary>Appends a null, or "" for string.</summary>
    public abstract void AppendNull();

    /// <summary>Appends the CLR value of the type (DateTime, TimeSpan, DynamicValue, …), a value that converts to it, or null.</summary>
    public abstract void AppendObject(object? value);

    /// <summary>Appends the value of a row of a vector of the same type.</summary>
    public abstract void AppendFrom(Vector vector, int row);

    /// <summary>Drops all values after the first <paramref name="count"/>.</summary>
    public abstract void Truncate(int count);

    /// <summary>The values so far as a vector; the builder begins anew.</summary>
    public abstract Vector Build();
}
