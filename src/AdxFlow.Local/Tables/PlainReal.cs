using System.Runtime.CompilerServices;

namespace AdxFlow.Local.Tables;

/// <summary>
/// Reads numbers of few digits without an exponent, which most are. Their digits and the power of ten are both exact as
/// doubles, so that one division rounds as it must; all others are left to the runtime.
/// </summary>
/// <remarks>Source: W. D. Clinger, "How to read floating point numbers accurately", 1990.</remarks>
internal static class PlainReal
{
    private const int MaxDigits = 15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads <c>[-]digits[.digits]</c> of at most 15 digits; false for all else, valid or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative) text = text[1..];
        if (text.IsEmpty || text.Length > MaxDigits + 1) return false;
        long digits = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit <= 9)
                digits = (digits * 10) + digit;
            else if (text[i] == '.' && point < 0 && i > 0 && i < text.Length - 1)
                point = i;
            else
                return false;
        }

        if (point < 0 && text.Length > MaxDigits) return false;
        value = point < 0 ? digits : digits / PowersOfTen[text.Length - 1 - point];
        if (negative) value = -value;
        return true;
    }
}
