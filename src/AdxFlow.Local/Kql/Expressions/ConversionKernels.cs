using System.Globalization;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>The conversions of the <c>to…()</c> functions. What cannot be converted becomes null.</summary>
internal static class ConversionKernels
{
    private delegate bool Reader<T>(ReadOnlySpan<byte> utf8, out T value);

    /// <summary>The conversion, or null where the stand-in has none for the types.</summary>
    public static Kernel? Find(KustoType from, KustoType to) => to switch
    {
        _ when from == to => (arguments, _) => arguments[0],
        KustoType.String => ToText(from),
        KustoType.Dynamic => ToDynamic(from),
        _ when from == KustoType.String => FromText(to),
        _ when from == KustoType.Dynamic => FromDynamic(to),
        KustoType.Long => ToLong(from),
        KustoType.Int => ToInt(from),
        KustoType.Real => ToReal(from),
        KustoType.Decimal => ToDecimal(from),
        KustoType.Bool => ToBool(from),
        _ => null,
    };

    private static Kernel ToText(KustoType from) => from switch
    {
        KustoType.Bool => Kernels.Map<bool, string>(KustoType.String, v => v ? "true" : "false"),
        KustoType.Int => Kernels.Map<int, string>(KustoType.String, v => v.ToString(CultureInfo.InvariantCulture)),
        KustoType.Long => Kernels.Map<long, string>(KustoType.String, v => v.ToString(CultureInfo.InvariantCulture)),
        KustoType.Real => Kernels.Map<double, string>(KustoType.String, KustoFormat.Real),
        KustoType.Decimal => Kernels.Map<KustoDecimal, string>(KustoType.String, v => v.ToString()),
        KustoType.DateTime => Kernels.Map<long, string>(KustoType.String, KustoFormat.DateTime),
        KustoType.TimeSpan => Kernels.Map<long, string>(KustoType.String, KustoFormat.Duration),
        KustoType.Guid => Kernels.Map<Guid, string>(KustoType.String, v => v.ToString()),
        _ => Kernels.Map<DynamicValue, string>(KustoType.String, v => v.ToString()),
    };

    private static Kernel ToDynamic(KustoType from) => from switch
    {
        KustoType.Bool => Kernels.Map<bool, DynamicValue>(KustoType.Dynamic, DynamicValue.Of),
        KustoType.Int => Kernels.Map<int, DynamicValue>(KustoType.Dynamic, v => DynamicValue.Of((long)v)),
        KustoType.Long => Kernels.Map<long, DynamicValue>(KustoType.Dynamic, DynamicValue.Of),
        KustoType.Real => Kernels.Map<double, DynamicValue>(KustoType.Dynamic, DynamicValue.Of),
        KustoType.Decimal => Kernels.Map<KustoDecimal, DynamicValue>(KustoType.Dynamic, DynamicValue.Of),
        KustoType.DateTime => Kernels.Map<long, DynamicValue>(KustoType.Dynamic, DynamicValue.OfDateTime),
        KustoType.TimeSpan => Kernels.Map<long, DynamicValue>(KustoType.Dynamic, DynamicValue.OfTimeSpan),
        KustoType.Guid => Kernels.Map<Guid, DynamicValue>(KustoType.Dynamic, DynamicValue.Of),
        _ => Kernels.Map<string, DynamicValue>(KustoType.Dynamic, DynamicValue.Of),
    };

    private static Kernel? FromText(KustoType to) => to switch
    {
        KustoType.Bool => Read<bool>(to, TryBool),
        KustoType.Int => Read<int>(to, ValueText.TryInt),
        KustoType.Long => Read<long>(to, ValueText.TryLong),
        KustoType.Real => Read<double>(to, ValueText.TryReal),
        KustoType.Decimal => Read<KustoDecimal>(to, KustoDecimal.TryParse),
        KustoType.DateTime => Read<long>(to, ValueText.TryDateTime),
        KustoType.TimeSpan => Read<long>(to, ValueText.TryTimeSpan),
        KustoType.Guid => Read<Guid>(to, ValueText.TryGuidPrefix),
        _ => null,
    };

    private static Kernel Read<T>(KustoType to, Reader<T> reader) => Kernels.TryMap(to, (string text, out T value) =>
    {
        Span<byte> utf8 = stackalloc byte[128];
        if (Encoding.UTF8.TryGetBytes(text, utf8, out int written)) return reader(utf8[..written], out value);
        value = default!;
        return false;
    });

    private static bool TryBool(ReadOnlySpan<byte> utf8, out bool value)
    {
        if (ValueText.TryBool(utf8, out value)) return true;
        bool isNumber = ValueText.TryLong(utf8, out long number);
        value = number != 0;
        return isNumber;
    }

    private static Kernel? FromDynamic(KustoType to) => to switch
    {
        KustoType.Long => Kernels.TryMap<DynamicValue, long>(to, TryLong),
        KustoType.Int => Kernels.TryMap(to, (DynamicValue v, out int result) =>
        {
            bool ok = TryLong(v, out long wide) && wide is >= int.MinValue and <= int.MaxValue;
            result = ok ? (int)wide : 0;
            return ok;
        }),
        KustoType.Real => Kernels.TryMap<DynamicValue, double>(to, TryReal),
        KustoType.Decimal => Kernels.TryMap<DynamicValue, KustoDecimal>(to, TryDecimal),
        KustoType.Bool => Kernels.TryMap(to, (DynamicValue v, out bool result) =>
        {
            v = v.Parse();
            if (v.Kind == DynamicKind.String) return TryBool(Encoding.UTF8.GetBytes((string)v.Value!), out result);
            bool ok = TryLong(v, out long number);
            result = number != 0;
            return ok;
        }),
        KustoType.DateTime => FromDynamicText<long>(to, DynamicKind.DateTime, ValueText.TryDateTime),
        KustoType.TimeSpan => FromDynamicText<long>(to, DynamicKind.TimeSpan, ValueText.TryTimeSpan),
        KustoType.Guid => FromDynamicText<Guid>(to, DynamicKind.Guid, ValueText.TryGuidPrefix),
        _ => null,
    };

    private static Kernel FromDynamicText<T>(KustoType to, DynamicKind own, Reader<T> reader) => Kernels.TryMap(to, (DynamicValue v, out T result) =>
    {
        v = v.Parse();
        result = default!;
        if (v.Kind == DynamicKind.String) return reader(Encoding.UTF8.GetBytes((string)v.Value!), out result);
        if (v.Kind != own) return false;
        result = (T)v.Value!;
        return true;
    });

    private static bool TryLong(DynamicValue v, out long result)
    {
        v = v.Parse();
        result = 0;
        switch (v.Kind)
        {
            case DynamicKind.Bool:
                result = (bool)v.Value! ? 1 : 0;
                return true;
            case DynamicKind.Long:
                result = (long)v.Value!;
                return true;
            case DynamicKind.Real: return TryTruncate((double)v.Value!, out result);
            case DynamicKind.Decimal: return ((KustoDecimal)v.Value!).TryToLong(out result);
            case DynamicKind.String: return ValueText.TryLong(Encoding.UTF8.GetBytes((string)v.Value!), out result);
            default: return false;
        }
    }

    private static bool TryReal(DynamicValue v, out double result)
    {
        v = v.Parse();
        result = 0;
        switch (v.Kind)
        {
            case DynamicKind.Bool:
                result = (bool)v.Value! ? 1 : 0;
                return true;
            case DynamicKind.Long:
                result = (long)v.Value!;
                return true;
            case DynamicKind.Real:
                result = (double)v.Value!;
                return true;
            case DynamicKind.Decimal:
                result = (double)(KustoDecimal)v.Value!;
                return true;
            case DynamicKind.String: return ValueText.TryReal(Encoding.UTF8.GetBytes((string)v.Value!), out result);
            default: return false;
        }
    }

    private static bool TryDecimal(DynamicValue v, out KustoDecimal result)
    {
        v = v.Parse();
        result = 0;
        switch (v.Kind)
        {
            case DynamicKind.Long:
                result = (long)v.Value!;
                return true;
            case DynamicKind.Real: return KustoDecimal.TryFrom((double)v.Value!, out result);
            case DynamicKind.Decimal:
                result = (KustoDecimal)v.Value!;
                return true;
            case DynamicKind.String: return KustoDecimal.TryParse(Encoding.UTF8.GetBytes((string)v.Value!), out result);
            default: return false;
        }
    }

    private static Kernel? ToLong(KustoType from) => from switch
    {
        KustoType.Bool => Kernels.Map<bool, long>(KustoType.Long, v => v ? 1 : 0),
        KustoType.Int => Kernels.Map<int, long>(KustoType.Long, v => v),
        KustoType.Real => Kernels.TryMap<double, long>(KustoType.Long, TryTruncate),
        KustoType.Decimal => Kernels.TryMap(KustoType.Long, (KustoDecimal v, out long result) => v.TryToLong(out result)),
        _ => null,
    };

    private static Kernel? ToInt(KustoType from) => from switch
    {
        KustoType.Bool => Kernels.Map<bool, int>(KustoType.Int, v => v ? 1 : 0),
        KustoType.Long => Kernels.TryMap(KustoType.Int, (long v, out int result) => (result = unchecked((int)v)) == v),
        KustoType.Real => Kernels.TryMap(KustoType.Int, (double v, out int result) =>
        {
            result = 0;
            bool ok = TryTruncate(v, out long wide) && wide is >= int.MinValue and <= int.MaxValue;
            if (ok) result = (int)wide;
            return ok;
        }),
        KustoType.Decimal => Kernels.TryMap(KustoType.Int, (KustoDecimal v, out int result) =>
        {
            bool ok = v.TryToLong(out long wide) && wide is >= int.MinValue and <= int.MaxValue;
            result = ok ? (int)wide : 0;
            return ok;
        }),
        _ => null,
    };

    private static Kernel? ToReal(KustoType from) => from switch
    {
        KustoType.Bool => Kernels.Map<bool, double>(KustoType.Real, v => v ? 1 : 0),
        KustoType.Int => Kernels.Map<int, double>(KustoType.Real, v => v),
        KustoType.Long => Kernels.Map<long, double>(KustoType.Real, v => v),
        KustoType.Decimal => Kernels.Map<KustoDecimal, double>(KustoType.Real, v => (double)v),
        _ => null,
    };

    private static Kernel? ToDecimal(KustoType from) => from switch
    {
        KustoType.Int => Kernels.Map<int, KustoDecimal>(KustoType.Decimal, v => v),
        KustoType.Long => Kernels.Map<long, KustoDecimal>(KustoType.Decimal, v => v),
        KustoType.Real => Kernels.TryMap<double, KustoDecimal>(KustoType.Decimal, KustoDecimal.TryFrom),
        _ => null,
    };

    private static Kernel? ToBool(KustoType from) => from switch
    {
        KustoType.Int => Kernels.Map<int, bool>(KustoType.Bool, v => v != 0),
        KustoType.Long => Kernels.Map<long, bool>(KustoType.Bool, v => v != 0),
        KustoType.Real => Kernels.Map<double, bool>(KustoType.Bool, v => v != 0),
        KustoType.Decimal => Kernels.Map<KustoDecimal, bool>(KustoType.Bool, v => !v.IsZero),
        _ => null,
    };

    private static bool TryTruncate(double value, out long result)
    {
        bool ok = value is >= -9223372036854775808.0 and < 9223372036854775808.0;
        result = ok ? (long)value : 0;
        return ok;
    }
}
