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

    private static uint Mask(uint address, int bits) => bits == 0 ? 0 : address & (uint.MaxValue << (32 - bits));

    private static bool TryParse(string text, out uint address, out int bits)
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
