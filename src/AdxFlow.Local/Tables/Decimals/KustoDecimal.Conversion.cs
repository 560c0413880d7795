using System.Globalization;

namespace AdxFlow.Local.Tables;

/// <content>Conversions from and to other numbers.</content>
internal readonly partial struct KustoDecimal
{
    // Up to here a double holds both exactly, so that one operation rounds once.
    private const int ExactPower = 22;
    private const ulong ExactInteger = 1UL << 53;

    public static implicit operator KustoDecimal(long value) =>
        new(value < 0, value < 0 ? (UInt128)(-(Int128)value) : (UInt128)value, 0);

    /// <summary>.NET's decimal, with its places.</summary>
    public static explicit operator KustoDecimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var coefficient = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        return Round(parts[3] < 0, coefficient, -((parts[3] >> 16) & 0xFF));
    }

    /// <summary>The double closest to the value; infinite where it is too large for one.</summary>
    public static explicit operator double(KustoDecimal value)
    {
        UInt128 coefficient = value.Coefficient;
        int exponent = value.Exponent;
        if (coefficient <= ExactInteger && Math.Abs(exponent) <= ExactPower)
        {
            double whole = (ulong)coefficient;
            double power = (ulong)PowersOfTen.Of(Math.Min(Math.Abs(exponent), 19));
            for (int i = 19; i < Math.Abs(exponent); i++)
                power *= 10;
            whole = exponent < 0 ? whole / power : whole * power;
            return value.IsNegative ? -whole : whole;
        }

        Span<char> text = stackalloc char[MaxLength];
        return double.Parse(text[..value.Format(text)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The 17 digits of a real, which are more than it has: 2.2 becomes 2.2000000000000002. False for NaN and infinities.</summary>
    /// <remarks>Source: microsoft/Kusto-Query-Language, issue 172, where the service does so.</remarks>
    public static bool TryFrom(double value, out KustoDecimal result)
    {
        result = default;
        Span<byte> text = stackalloc byte[32];
        return double.IsFinite(value) && value.TryFormat(text, out int length, "G17", CultureInfo.InvariantCulture) && TryParse(text[..length], out result);
    }

    /// <summary>The whole number that is left without what is behind the point. False where it does not fit.</summary>
    public bool TryToLong(out long result)
    {
        result = 0;
        KustoDecimal whole = Truncate(this);
        UInt128 most = (UInt128)long.MaxValue + (whole.IsNegative ? 1u : 0u);
        if (whole.Exponent > 0 || whole.Coefficient > most) return false;
        result = unchecked(whole.IsNegative ? -(long)(ulong)whole.Coefficient : (long)(ulong)whole.Coefficient);
        return true;
    }
}
