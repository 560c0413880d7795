using System.Numerics;

namespace AdxFlow.Local.Tables;

/// <content>Arithmetic: the exact result, rounded once, half to even. An exact one has the places that one expects: 1.5 + 0.50 is 2.00.</content>
internal readonly partial struct KustoDecimal : IAdditionOperators<KustoDecimal, KustoDecimal, KustoDecimal>, IComparisonOperators<KustoDecimal, KustoDecimal, bool>
{
    // Room for one digit more than two numbers of so many digits have together in a sum.
    private const int WorkingDigits = PowersOfTen.Most - 1;

    public static KustoDecimal operator -(KustoDecimal value) =>
        value.IsZero ? value : new KustoDecimal(!value.IsNegative, value.Coefficient, value.Exponent);

    public static KustoDecimal operator +(KustoDecimal left, KustoDecimal right)
    {
        if (left.Exponent < right.Exponent) (left, right) = (right, left);
        UInt128 high = left.Coefficient;
        UInt128 low = right.Coefficient;
        int exponent = right.Exponent;
        int places = left.Exponent - exponent;
        bool hasRest = false;
        int room = WorkingDigits - PowersOfTen.Digits(high);
        if (high == 0)
        {
            // Nothing is added, but the places are.
        }
        else if (places <= room)
        {
            high *= PowersOfTen.Of(places);
        }
        else
        {
            // So far apart that the lower end is beyond the last digit: all that it does is to decide how to round.
            high *= PowersOfTen.Of(room);
            exponent = left.Exponent - room;
            (low, UInt128 rest) = places - room > PowersOfTen.Most ? (0, low) : UInt128.DivRem(low, PowersOfTen.Of(places - room));
            hasRest = rest != 0;
        }

        if (left.IsNegative == right.IsNegative || high == 0 || (low == 0 && !hasRest))
            return Round(high == 0 ? right.IsNegative : left.IsNegative, high + low, exponent, hasRest);
        if (hasRest) low++;
        return high >= low
            ? Round(left.IsNegative, high - low, exponent, hasRest)
            : Round(right.IsNegative, low - high, exponent, hasRest);
    }

    public static KustoDecimal operator -(KustoDecimal left, KustoDecimal right) => left + -right;

    public static KustoDecimal operator *(KustoDecimal left, KustoDecimal right)
    {
        UInt128 a = left.Coefficient;
        UInt128 b = right.Coefficient;
        bool isNegative = left.IsNegative != right.IsNegative;
        int exponent = left.Exponent + right.Exponent;
        return PowersOfTen.Digits(a) + PowersOfTen.Digits(b) <= PowersOfTen.Most
            ? Round(isNegative, a * b, exponent)
            : Round(isNegative, (BigInteger)a * b, exponent, false);
    }

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static KustoDecimal operator /(KustoDecimal left, KustoDecimal right)
    {
        UInt128 a = left.Coefficient;
        UInt128 b = right.Coefficient;
        if (b == 0) throw new DivideByZeroException();
        bool isNegative = left.IsNegative != right.IsNegative;
        int exponent = left.Exponent - right.Exponent;
        (UInt128 whole, UInt128 rest) = UInt128.DivRem(a, b);
        if (rest == 0) return Round(isNegative, whole, exponent);

        // Two digits more than are kept, so that the rest only decides halves.
        int zeros = MaxDigits + 2 + PowersOfTen.Digits(b) - PowersOfTen.Digits(a);
        (BigInteger quotient, BigInteger remainder) = BigInteger.DivRem(a * BigInteger.Pow(10, zeros), b);
        UInt128 coefficient = (UInt128)quotient;
        if (remainder.IsZero) zeros -= PowersOfTen.TrimZeros(ref coefficient, zeros);
        return Round(isNegative, coefficient, exponent - zeros, !remainder.IsZero);
    }

    /// <summary>What is left of a division to a whole number; it has the sign of the dividend, and is exact.</summary>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static KustoDecimal operator %(KustoDecimal left, KustoDecimal right)
    {
        UInt128 a = left.Coefficient;
        UInt128 b = right.Coefficient;
        if (b == 0) throw new DivideByZeroException();
        int distance = left.Exponent - right.Exponent;
        int exponent = Math.Min(left.Exponent, right.Exponent);
        if (distance >= 0)
        {
            UInt128 rest = PowersOfTen.Digits(a) + distance <= PowersOfTen.Most
                ? a * PowersOfTen.Of(distance) % b
                : (UInt128)(a * BigInteger.ModPow(10, distance, b) % b);
            return Round(left.IsNegative, rest, exponent);
        }

        // A divisor that would not fit with the places of the dividend is greater than it.
        return PowersOfTen.Digits(b) - distance <= PowersOfTen.Most
            ? Round(left.IsNegative, a % (b * PowersOfTen.Of(-distance)), exponent)
            : left;
    }

    public static KustoDecimal Abs(KustoDecimal value) => value.IsNegative ? -value : value;

    /// <summary>Without what is behind the point.</summary>
    public static KustoDecimal Truncate(KustoDecimal value) => Truncate(value, 0);

    /// <summary>The greatest whole number that is not above the value.</summary>
    public static KustoDecimal Floor(KustoDecimal value) => value.RoundTo(0, static (value, half) => value.IsNegative && half != ToHalf.Nothing);

    /// <summary>The least whole number that is not below the value.</summary>
    public static KustoDecimal Ceiling(KustoDecimal value) => value.RoundTo(0, static (value, half) => !value.IsNegative && half != ToHalf.Nothing);

    /// <summary>Rounds halves away from zero.</summary>
    /// <param name="value">The value.</param>
    /// <param name="places">How many digits behind the point are kept; below 0, how many in front of it become 0.</param>
    public static KustoDecimal Round(KustoDecimal value, long places) => value.RoundTo(places, static (_, half) => half >= ToHalf.Half);

    /// <summary>The greatest multiple of a size above 0 that is not above the value; it has the places of the size.</summary>
    public static KustoDecimal FloorTo(KustoDecimal value, KustoDecimal size)
    {
        KustoDecimal rest = value % size;
        KustoDecimal multiple = value - rest;
        if (rest.Sign < 0) multiple -= size;
        return WithPlaces(Truncate(multiple, -size.Exponent), size.Exponent);
    }

    private static KustoDecimal Truncate(KustoDecimal value, int places) => value.RoundTo(places, static (_, _) => false);

    private static KustoDecimal Round(bool isNegative, BigInteger coefficient, int exponent, bool hasRest)
    {
        // Some digits more than are kept are enough, and fit.
        int excess = (int)(coefficient.GetBitLength() * 1233 >> 12) - (MaxDigits + 2);
        if (excess <= 0) return Round(isNegative, (UInt128)coefficient, exponent, hasRest);
        coefficient = BigInteger.DivRem(coefficient, BigInteger.Pow(10, excess), out BigInteger rest);
        return Round(isNegative, (UInt128)coefficient, exponent + excess, hasRest || !rest.IsZero);
    }

    /// <summary>The same value with its last digit at an exponent, or as close to it as there is room.</summary>
    private static KustoDecimal WithPlaces(KustoDecimal value, int exponent)
    {
        UInt128 coefficient = value.Coefficient;
        int zeros = Math.Min(value.Exponent - exponent, coefficient == 0 ? MaxDigits : MaxDigits - PowersOfTen.Digits(coefficient));
        return zeros <= 0 ? value : Round(value.IsNegative, coefficient * PowersOfTen.Of(zeros), value.Exponent - zeros);
    }

    private KustoDecimal RoundTo(long places, Func<KustoDecimal, ToHalf, bool> isUp)
    {
        if (Exponent >= -places) return this;
        long digits = -places - Exponent;
        UInt128 coefficient = Coefficient;
        (UInt128 quotient, ToHalf half) = (0, coefficient == 0 ? ToHalf.Nothing : ToHalf.Less);
        if (digits <= PowersOfTen.Most)
        {
            UInt128 unit = PowersOfTen.Of((int)digits);
            (quotient, UInt128 rest) = UInt128.DivRem(coefficient, unit);
            half = rest == 0 ? ToHalf.Nothing : (ToHalf)(rest.CompareTo(unit / 2) + 2);
        }

        if (isUp(this, half)) quotient++;
        return quotient == 0 ? new KustoDecimal(false, 0, (int)Math.Clamp(-places, MinZeroExponent, 0)) : Round(IsNegative, quotient, (int)-places);
    }

    /// <summary>How much what is cut off is, held against half of the last digit that stays.</summary>
    private enum ToHalf
    {
        Nothing = 0,
        Less = 1,
        Half = 2,
        More = 3,
    }
}
