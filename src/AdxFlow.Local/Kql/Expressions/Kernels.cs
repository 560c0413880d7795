using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>A function that may have no result (null) for a value.</summary>
internal delegate bool TryFunc<in TA, TR>(TA a, out TR result);

/// <summary>A function of two values that may have no result (null).</summary>
internal delegate bool TryFunc<in TA, in TB, TR>(TA a, TB b, out TR result);

/// <summary>A function of three values that may have no result (null).</summary>
internal delegate bool TryFunc<in TA, in TB, in TC, TR>(TA a, TB b, TC c, out TR result);

/// <summary>Makes kernels from functions of single values. A null among the arguments makes a null.</summary>
internal static class Kernels
{
    public static Kernel Map<TA, TR>(KustoType type, Func<TA, TR> function) => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        ulong[]? nulls = arguments[0].Nulls;
        TR[] result = NewResult<TR>(type, count);
        for (int i = 0; i < count; i++)
        {
            if (!NullMask.IsSet(nulls, i)) result[i] = function(a[i]);
        }

        return Finish(type, result, count, nulls);
    };

    public static Kernel Map<TA, TB, TR>(KustoType type, Func<TA, TB, TR> function) => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        TB[] b = arguments[1].Values<TB>();
        ulong[]? nulls = NullMask.Union(arguments[0].Nulls, arguments[1].Nulls, count);
        TR[] result = NewResult<TR>(type, count);
        for (int i = 0; i < count; i++)
        {
            if (!NullMask.IsSet(nulls, i)) result[i] = function(a[i], b[i]);
        }

        return Finish(type, result, count, nulls);
    };

    public static Kernel Map<TA, TB, TC, TR>(KustoType type, Func<TA, TB, TC, TR> function) => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        TB[] b = arguments[1].Values<TB>();
        TC[] c = arguments[2].Values<TC>();
        ulong[]? nulls = Nulls(arguments, count);
        TR[] result = NewResult<TR>(type, count);
        for (int i = 0; i < count; i++)
        {
            if (!NullMask.IsSet(nulls, i)) result[i] = function(a[i], b[i], c[i]);
        }

        return Finish(type, result, count, nulls);
    };

    public static Kernel TryMap<TA, TR>(KustoType type, TryFunc<TA, TR> function) => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        var result = new ResultColumn<TR>(type, count);
        for (int i = 0; i < count; i++)
        {
            if (!arguments[0].IsNull(i) && function(a[i], out TR value))
                result.Items[i] = value;
            else
                result.SetNull(i);
        }

        return result.Build();
    };

    public static Kernel TryMap<TA, TB, TR>(KustoType type, TryFunc<TA, TB, TR> function) => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        TB[] b = arguments[1].Values<TB>();
        var result = new ResultColumn<TR>(type, count);
        for (int i = 0; i < count; i++)
        {
            if (!arguments[0].IsNull(i) && !arguments[1].IsNull(i) && function(a[i], b[i], out TR value))
                result.Items[i] = value;
            else
                result.SetNull(i);
        }

        return result.Build();
    };

    public static Kernel TryMap<TA, TB, TC, TR>(KustoType type, TryFunc<TA, TB, TC, TR> function) => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        TB[] b = arguments[1].Values<TB>();
        TC[] c = arguments[2].Values<TC>();
        ulong[]? nulls = Nulls(arguments, count);
        var result = new ResultColumn<TR>(type, count);
        for (int i = 0; i < count; i++)
        {
            if (!NullMask.IsSet(nulls, i) && function(a[i], b[i], c[i], out TR value))
                result.Items[i] = value;
            else
                result.SetNull(i);
        }

        return result.Build();
    };

    /// <summary>A kernel over an operation that the compiler inlines into its loop; rows that are null are computed too, harmlessly.</summary>
    public static Kernel Binary<TOperation, TA, TB, TR>(KustoType type)
        where TOperation : struct, IBinaryOperation<TA, TB, TR> => (arguments, count) =>
    {
        TA[] a = arguments[0].Values<TA>();
        TB[] b = arguments[1].Values<TB>();
        var result = new TR[count];
        for (int i = 0; i < result.Length; i++)
            result[i] = TOperation.Apply(a[i], b[i]);
        return new Vector<TR>(type, result, count, NullMask.Union(arguments[0].Nulls, arguments[1].Nulls, count));
    };

    /// <summary>Null where any argument is null.</summary>
    public static ulong[]? Nulls(Vector[] arguments, int count)
    {
        ulong[]? nulls = null;
        foreach (Vector argument in arguments)
            nulls = NullMask.Union(nulls, argument.Nulls, count);
        return nulls;
    }

    private static TR[] NewResult<TR>(KustoType type, int count)
    {
        var result = new TR[count];
        if (type == KustoType.String) Array.Fill(result, (TR)(object)"");
        return result;
    }

    // A string is never null: where an argument was null it is empty.
    private static Vector<TR> Finish<TR>(KustoType type, TR[] result, int count, ulong[]? nulls) =>
        new(type, result, count, type == KustoType.String ? null : nulls);
}
