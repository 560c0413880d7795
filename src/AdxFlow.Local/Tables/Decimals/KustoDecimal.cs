namespace AdxFlow.Local.Tables;

/// <summary>
/// KQL's decimal: 128 bits, 34 digits, and exponents down to -6143 and up to 6144, as the decimal128 of IEEE 754 has them. Zeros at
/// the end are kept (1.50), and make no difference when values are compared. There is no NaN, no infinity and no
/// negative zero: what is too large is an <see cref="OverflowException"/>, what is too small becomes 0.
/// </summary>
/// <remarks>
/// Sources: Microsoft Learn, "The decimal data type" (128 bits); IEEE 754-2019, 3.6 and 5.4.1 (range, digits, rounding to the
/// even neighbour, preferred exponents).
/// </remarks>
internal readonly partial struct KustoDecimal : IEquatable<KustoDecimal>, IComparable<KustoDecimal>
{
    /// <summary>How many digits a value has at most.</summary>
    public const int MaxDigits = 34;

    private const int MinExponent = -6176;
    private const int MaxExponent = 6111;

    // A zero has no digits that could be lost, so it needs no more places than a number has.
    private const int MinZeroExponent = -MaxDigits;

    private const int CoefficientBits = 113;
    private const int ExponentBits = 14;

    // From the top: the sign, the exponent as a two's complement, the coefficient. All bits zero are the number 0, which is
    // what arrays begin with. Files of rows hold values as they are here.
    private readonly UInt128 _bits;

    private KustoDecimal(bool isNegative, UInt128 coefficient, int exponent) =>
        _bits = coefficient
            | ((UInt128)((uint)exponent & ((1u << ExponentBits) - 1)) << CoefficientBits)
            | (isNegative ? UInt128.One << (CoefficientBits + ExponentBits) : 0);

    public static KustoDecimal Zero => default;

    public bool IsZero => Coefficient == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => IsZero ? 0 : IsNegative ? -1 : 1;

    private bool IsNegative => (_bits >> (CoefficientBits + ExponentBits)) != 0;

    private UInt128 Coefficient => _bits & ((UInt128.One << CoefficientBits) - 1);

    /// <summary>The value is the coefficient times ten to the power of this.</summary>
    private int Exponent => ((int)(uint)(_bits >> CoefficientBits) << (32 - ExponentBits)) >> (32 - ExponentBits);

    public static bool operator ==(KustoDecimal left, KustoDecimal right) => left._bits == right._bits || left.CompareTo(right) == 0;

    public static bool operator !=(KustoDecimal left, KustoDecimal right) => !(left == right);

    public static bool operator <(KustoDecimal left, KustoDecimal right) => left.CompareTo(right) < 0;

    public static bool operator <=(KustoDecimal left, KustoDecimal right) => left.CompareTo(right) <= 0;

    public static bool operator >(KustoDecimal left, KustoDecimal right) => left.CompareTo(right) > 0;

    public static bool operator >=(KustoDecimal left, KustoDecimal right) => left.CompareTo(right) >= 0;

    public int CompareTo(KustoDecimal other)
    {
        int sign = Sign;
        if (sign != other.Sign) return sign < other.Sign ? -1 : 1;
        if (sign == 0) return 0;
        UInt128 left = Coefficient;
        UInt128 right = other.Coefficient;
        int leftExponent = Exponent;
        int rightExponent = other.Exponent;
        if (leftExponent != rightExponent)
        {
            int top = leftExponent + PowersOfTen.Digits(left);
            int otherTop = rightExponent + PowersOfTen.Digits(right);
            if (top != otherTop) return top < otherTop ? -sign : sign;

            // As many digits before the point: the one with fewer places gets as many, and has no more than 34 then.
            if (leftExponent > rightExponent)
                left *= PowersOfTen.Of(leftExponent - rightExponent);
            else
                right *= PowersOfTen.Of(rightExponent - leftExponent);
        }

        return left.CompareTo(right) * sign;
    }

    public bool Equals(KustoDecimal other) => this == other;

    public override bool Equals(object? obj) => obj is KustoDecimal other && this == other;

    /// <summary>The same for 1.5 and 1.50.</summary>
    public override int GetHashCode()
    {
        UInt128 coefficient = Coefficient;
        if (coefficient == 0) return 0;
        int exponent = Exponent + PowersOfTen.TrimZeros(ref coefficient, MaxDigits);
        return HashCode.Combine(IsNegative, coefficient, exponent);
    }

    /// <summary>The value closest to a coefficient of any length, with a rest that is smaller than its last digit.</summary>
    /// <exception cref="OverflowException">It is too large.</exception>
    private static KustoDecimal Round(bool isNegative, UInt128 coefficient, int exponent, bool hasRest = false) =>
        TryRound(isNegative, coefficient, exponent, hasRest, out KustoDecimal value) ? value : throw new OverflowException("The number is too large for a decimal.");

    /// <summary>The value closest to a coefficient with a rest, which has more than 34 digits if there is one. False where it is too large.</summary>
    private static bool TryRound(bool isNegative, UInt128 coefficient, int exponent, bool hasRest, out KustoDecimal value)
    {
        value = default;
        int digits = PowersOfTen.Digits(coefficient);
        int excess = Math.Max(digits - MaxDigits, MinExponent - exponent);
        if (excess > 0)
        {
            coefficient = Shorten(coefficient, excess, hasRest);
            exponent += excess;
            if (coefficient == PowersOfTen.Of(MaxDigits))
            {
                coefficient = PowersOfTen.Of(MaxDigits - 1);
                exponent++;
            }

            digits = PowersOfTen.Digits(coefficient);
        }

        if (coefficient == 0)
        {
            value = new KustoDecimal(false, 0, Math.Clamp(exponent, MinZeroExponent, 0));
            return true;
        }

        if (exponent > 0)
        {
            // A whole number is written out while there is room: 1e3 is 1000.
            int zeros = digits + exponent <= MaxDigits ? exponent : Math.Max(0, exponent - MaxExponent);
            if (digits + zeros > MaxDigits) return false;
            coefficient *= PowersOfTen.Of(zeros);
            exponent -= zeros;
        }

        value = new KustoDecimal(isNegative, coefficient, exponent);
        return true;
    }

    /// <summary>Takes digits off the end, and rounds half to even.</summary>
    private static UInt128 Shorten(UInt128 coefficient, int digits, bool hasRest)
    {
        if (digits > PowersOfTen.Most) return 0;
        UInt128 unit = PowersOfTen.Of(digits);
        (UInt128 quotient, UInt128 remainder) = UInt128.DivRem(coefficient, unit);
        int half = remainder.CompareTo(unit / 2);
        bool up = half > 0 || (half == 0 && (hasRest || UInt128.IsOddInteger(quotient)));
        return up ? quotient + 1 : quotient;
    }
}
