using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>The values of one column for the rows of one chunk. Immutable once built.</summary>
internal abstract class Vector
{
    protected Vector(KustoType type, int count, ulong[]? nulls)
    {
        Type = type;
        Count = count;
        Nulls = nulls;
    }

    public KustoType Type { get; }

    /// <summary>The number of rows; the arrays beneath may be longer.</summary>
    public int Count { get; }

    /// <summary>The null bitmap (<see cref="NullMask"/>), or null where no row is null. Always null for strings.</summary>
    public ulong[]? Nulls { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(int row) => NullMask.IsSet(Nulls, row);

    /// <summary>The given rows, in the given order.</summary>
    public abstract Vector Gather(ReadOnlySpan<int> rows);

    /// <summary>The value of the first row, <paramref name="count"/> times.</summary>
    public abstract Vector Repeat(int count);

    /// <summary>The first <paramref name="count"/> rows, sharing the arrays.</summary>
    public abstract Vector Head(int count);

    /// <summary>Some rows that stand one behind the other.</summary>
    public abstract Vector Slice(int start, int count);

    /// <summary>The value of a row as an object (ticks become DateTime and TimeSpan), or null. Not for hot paths.</summary>
    public object? GetValue(int row)
    {
        if (IsNull(row)) return null;
        return Type switch
        {
            KustoType.Bool => Values<bool>()[row],
            KustoType.Int => Values<int>()[row],
            KustoType.Long => Values<long>()[row],
            KustoType.Real => Values<double>()[row],
            KustoType.Decimal => Values<KustoDecimal>()[row],
            KustoType.DateTime => new DateTime(Values<long>()[row], DateTimeKind.Utc),
            KustoType.TimeSpan => new TimeSpan(Values<long>()[row]),
            KustoType.Guid => Values<Guid>()[row],
            KustoType.String => ((Vector<string>)this).At(row),
            _ => Values<DynamicValue>()[row],
        };
    }

    /// <summary>Writes the value as a query response carries it: long as number, NaN and infinities and decimals as
    /// strings, datetime as ISO 8601 in UTC, timespan as <c>[-][d.]hh:mm:ss[.fffffff]</c>, dynamic as JSON, null as null.</summary>
    public void WriteJson(Utf8JsonWriter writer, int row)
    {
        if (IsNull(row))
        {
            writer.WriteNullValue();
            return;
        }

        switch (Type)
        {
            case KustoType.Bool: writer.WriteBooleanValue(Values<bool>()[row]); break;
            case KustoType.Int: writer.WriteNumberValue(Values<int>()[row]); break;
            case KustoType.Long: writer.WriteNumberValue(Values<long>()[row]); break;
            case KustoType.Real: KustoFormat.WriteReal(writer, Values<double>()[row]); break;
            case KustoType.Decimal: KustoFormat.WriteDecimal(writer, Values<KustoDecimal>()[row]); break;
            case KustoType.DateTime: KustoFormat.WriteDateTime(writer, Values<long>()[row]); break;
            case KustoType.TimeSpan: KustoFormat.WriteTimeSpan(writer, Values<long>()[row]); break;
            case KustoType.Guid: writer.WriteStringValue(Values<Guid>()[row]); break;
            case KustoType.String when this is TextVector texts: writer.WriteStringValue(texts.Utf8(row)); break;
            case KustoType.String: writer.WriteStringValue(Values<string>()[row]); break;
            default: Values<DynamicValue>()[row].WriteJson(writer); break;
        }
    }

    /// <summary>The typed values beneath; <typeparamref name="T"/> must be the storage type of <see cref="Type"/>.</summary>
    public T[] Values<T>() => ((Vector<T>)this).Items;

    /// <summary>A vector of <paramref name="count"/> nulls (empty strings for string).</summary>
    public static Vector CreateNull(KustoType type, int count) => type switch
    {
        KustoType.Bool => Vector<bool>.AllNull(type, count),
        KustoType.Int => Vector<int>.AllNull(type, count),
        KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => Vector<long>.AllNull(type, count),
        KustoType.Real => Vector<double>.AllNull(type, count),
        KustoType.Decimal => Vector<KustoDecimal>.AllNull(type, count),
        KustoType.Guid => Vector<Guid>.AllNull(type, count),
        KustoType.String => new Vector<string>(type, EmptyStrings(count), count, null),
        _ => Vector<DynamicValue>.AllNull(type, count),
    };

    private static string[] EmptyStrings(int count)
    {
        var values = new string[count];
        Array.Fill(values, "");
        return values;
    }
}
