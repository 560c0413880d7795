using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>The axis of <c>make-series</c>, whose values are numbered; the one at which it begins, where that is given, has the number 0.</summary>
/// <param name="Value">The value at a place.</param>
/// <param name="First">The first place; null where each series begins with its first row.</param>
/// <param name="End">The place behind the last one; null where each series ends with its last row.</param>
internal sealed record SeriesAxis(Func<long, DynamicValue> Value, long? First, long? End)
{
    /// <summary>The most values of a series.</summary>
    public const int MaxLength = 1_048_576;

    /// <summary>The values of a series.</summary>
    /// <exception cref="KqlException">There are too many.</exception>
    public DynamicValue Between(long first, long end)
    {
        try
        {
            var values = new DynamicValue[CountBetween(first, end)];
            for (int i = 0; i < values.Length; i++)
                values[i] = Value(first + i);
            return DynamicValue.Of(values);
        }
        catch (OverflowException)
        {
            throw KqlException.NotSupportedValue("The axis of make-series leaves the range of its type. (What the service would answer then is not documented.)");
        }
    }

    /// <summary>The number of values of a series.</summary>
    /// <exception cref="KqlException">There are too many.</exception>
    public static int CountBetween(long first, long end)
    {
        Int128 count = (Int128)end - first;
        return count <= MaxLength ? (int)Int128.Max(count, 0) : throw KqlException.Runtime($"make-series: a series of {count} values is longer than the limit of {MaxLength}.");
    }
}
