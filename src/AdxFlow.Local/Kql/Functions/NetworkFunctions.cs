using System.Globalization;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of IPv4 addresses: four numbers, and after a slash how many bits count.</summary>
internal static class NetworkFunctions
{
    private static readonly (uint Address, int Bits)[] Private = [(0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16)];

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("parse_ipv4", None, new Overload(KustoType.Long, Kernels.TryMap(KustoType.Long, (string ip, out long value) =>
        {
            bool ok = TryParse(ip, out uint address, out int bits);
            value = Mask(address, bits);
            return ok;
        }), Arg.StringOrDynamic)),
        new("ipv4_compare", None, Compare(KustoType.Long, (a, b) => (long)a.CompareTo(b), parameters: 2), Compare(KustoType.Long, (a, b) => (long)a.CompareTo(b), parameters: 3)),
        new("ipv4_is_match", None, Compare(KustoType.Bool, (a, b) => a == b, parameters: 2), Compare(KustoType.Bool, (a, b) => a == b, parameters: 3)),
        new("ipv4_is_in_range", None, new Overload(KustoType.Bool, Kernels.TryMap(KustoType.Bool, (string ip, string range, out bool isIn) =>
        {
            isIn = false;
            if (!TryParse(ip, out uint address, out int bits) || !TryParse(range, out uint first, out int rangeBits)) return false;
            if (bits < rangeBits) throw KqlException.NotSupportedValue("The local stand-in does not know whether a range is in a smaller one to ipv4_is_in_range().");
            isIn = Mask(address, rangeBits) == Mask(first, rangeBits);
            return true;
        }), Arg.StringOrDynamic, Arg.StringOrDynamic)) { MoreArguments = 64 },
        new("ipv4_is_in_any_range", None, IsInAny),
        new("ipv4_netmask_suffix", None, new Overload(KustoType.Long, Kernels.TryMap(KustoType.Long, (string ip, out long suffix) =>
        {
            bool ok = TryParse(ip, out _, out int bits);
            suffix = bits;
            return ok;
        }), Arg.StringOrDynamic)),
        new("parse_ipv4_mask", None, new Overload(KustoType.Long, Kernels.TryMap(KustoType.Long, (string ip, long prefix, out long value) =>
        {
            if (ip.Contains('/', StringComparison.Ordinal)) throw KqlException.NotSupportedValue("The local stand-in does not know which prefix counts of an address with a prefix of its own in parse_ipv4_mask().");
            bool ok = TryParse(ip, out uint address, out _) & prefix is >= 0 and <= 32;
            value = ok ? Mask(address, (int)prefix) : 0;
            return ok;
        }), Arg.StringOrDynamic, Arg.Long)),
        new("format_ipv4", None, call => Format(call, 1, (ip, _) => ip)),
        new("format_ipv4_mask", None, call => Format(call, 2, (ip, bits) => $"{ip}/{bits}")),
        new("ipv4_is_private", None, new Overload(KustoType.Bool, Kernels.TryMap(KustoType.Bool, (string ip, out bool isPrivate) =>
        {
            bool ok = TryParse(ip, out uint address, out _);
            isPrivate = Array.Exists(Private, p => Mask(address, p.Bits) == p.Address);
            return ok;
        }), Arg.StringOrDynamic)),
    ];

    // As many bits count as both addresses and the argument allow.
    private static Overload Compare<T>(KustoType type, Func<uint, uint, T> function, int parameters)
    {
        return parameters == 2
            ? new Overload(type, Kernels.TryMap(type, (string a, string b, out T result) => TryCompare(a, b, 32, out result)), Arg.StringOrDynamic, Arg.StringOrDynamic)
            : new Overload(type, Kernels.TryMap<string, string, long, T>(type, TryCompare), Arg.StringOrDynamic, Arg.StringOrDynamic, Arg.Long);

        bool TryCompare(string a, string b, long prefix, out T result)
        {
            bool ok = TryParse(a, out uint first, out int firstBits) & TryParse(b, out uint second, out int secondBits) & prefix is >= 0 and <= 32;
            int bits = ok ? (int)Math.Min(prefix, Math.Min(firstBits, secondBits)) : 0;
            result = function(Mask(first, bits), Mask(second, bits));
            return ok;
        }
    }

    private static Expression Format(CallContext call, int least, Func<string, string, string> write)
    {
        if (call.Arguments.Length == 1 && least == 2) throw call.NotSupported($"'{call.Name}()' without a prefix", "Write 32.");
        call.ExpectCount(least, 2);
        Expression ip = call.Arguments[0];
        if (!Conversion.IsInteger(ip.Type) && ip.Type is not (KustoType.String or KustoType.Dynamic)) throw call.NotSupported($"'{call.Name}()' of {KustoTypes.Name(ip.Type)}");
        Expression prefix = call.Arguments.Length == 2 ? call.Arguments[1] : ConstantExpression.Of(KustoType.Long, 32L);
        if (!Conversion.IsInteger(prefix.Type)) throw call.Error("the prefix must be an integer.");
        Kernel kernel = Conversion.IsInteger(ip.Type)
            ? Kernels.Map<long, long, string>(KustoType.String, (number, bits) => Format(Text(number), bits, write))
            : Kernels.Map<string, long, string>(KustoType.String, (text, bits) => Format(text, bits, write));
        return KernelExpression.Create(KustoType.String, kernel, Conversion.IsInteger(ip.Type) ? Conversion.Widen(ip, KustoType.Long) : Conversion.ToText(ip), Conversion.Widen(prefix, KustoType.Long));
    }

    // As many bits count as both the address and the argument allow; what is no address has no text.
    private static string Format(string ip, long prefix, Func<string, string, string> write)
    {
        if (!TryParse(ip, out uint address, out int bits) || prefix is < 0 or > 32) return "";
        int kept = (int)Math.Min(bits, prefix);
        return write(Text(Mask(address, kept)), kept.ToString(CultureInfo.InvariantCulture));
    }

    private static string Text(long address) => address is < 0 or > uint.MaxValue
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    private static Expression IsInAny(CallContext call)
    {
        call.ExpectCount(2, 64);
        bool isList = call.Arguments.Length == 2 && call.Arguments[1].Type == KustoType.Dynamic;
        if (Array.Exists(call.Arguments, a => a.Type is not (KustoType.String or KustoType.Dynamic))) throw call.Error("a string or a value of type dynamic expected.");
        if (!isList && Array.Exists(call.Arguments[1..], a => a.Type == KustoType.Dynamic)) throw call.NotSupported($"'{call.Name}()' of several dynamic values", "Cast them: tostring().");
        Func<CallContext, Expression> bind = DynamicCall.Of("t" + (isList ? "d" : "s*"), 2, KustoType.Bool, a =>
        {
            if (a[1] is null || !TryParse(a[0]?.ToString() ?? "", out uint address, out int bits)) return null;
            IEnumerable<DynamicValue?> ranges = isList ? DynamicCall.Array(a[1], "ipv4_is_in_any_range") : a.Skip(1);
            bool isIn = false;
            foreach (DynamicValue? range in ranges)
            {
                if (!TryParse(range?.ToString() ?? "", out uint first, out int rangeBits))
                    throw KqlException.NotSupportedValue("The local stand-in does not know what ipv4_is_in_any_range() makes of a range that is none.");
                if (bits < rangeBits) throw KqlException.NotSupportedValue("The local stand-in does not know whether a range is in a smaller one to ipv4_is_in_any_range().");
                isIn |= Mask(address, rangeBits) == Mask(first, rangeBits);
            }

            return isIn;
        });
        return bind(call);
    }

    private static uint Mask(uint address, int bits) => bits == 0 ? 0 : address & (uint.MaxValue << (32 - bits));

    internal static bool TryParse(string text, out uint address, out int bits)
    {
        address = 0;
        bits = 32;
        string[] parts = text.Split('/');
        if (parts.Length > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > 32))) return false;
        string[] numbers = parts[0].Split('.');
        foreach (string number in numbers)
        {
            if (numbers.Length != 4 || number.Length > 3 || !uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) || value > 255) return false;
            address = (address << 8) | value;
        }

        return true;
    }
}
