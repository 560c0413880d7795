using System.Globalization;
using System.Numerics;

namespace AdxFlow.Local.Tests.Tables.Decimals;

/// <summary>A fraction times a power of ten, of any size, and what decimal128 makes of it: by the definition, not by the code under test.</summary>
internal readonly record struct ExactNumber(BigInteger Numerator, BigInteger Denominator, int Exponent)
{
    private const int MostDigits = 34;
    private const int LeastExponent = -6176;
    private const int GreatestExponent = 6111;

    /// <summary>How many digits the numerator has.</summary>
    public int Digits => Length(BigInteger.Abs(Numerator));

    /// <summary>Reads a text such as <c>-1.50E+3</c>.</summary>
    public static ExactNumber Of(string text)
    {
        int mark = text.IndexOfAny(['e', 'E']);
        string mantissa = mark < 0 ? text : text[..mark];
        int exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) exponent -= mantissa.Length - point - 1;
        return new ExactNumber(BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), 1, exponent);
    }

    public static ExactNumber operator +(ExactNumber left, ExactNumber right)
    {
        (BigInteger a, BigInteger b, int exponent) = Aligned(left, right);
        return new ExactNumber(a + b, 1, exponent);
    }

    public static ExactNumber operator -(ExactNumber left, ExactNumber right) => left + (right with { Numerator = -right.Numerator });

    public static ExactNumber operator *(ExactNumber left, ExactNumber right) => new(left.Numerator * right.Numerator, 1, left.Exponent + right.Exponent);

    public static ExactNumber operator /(ExactNumber left, ExactNumber right) => new(left.Numerator, right.Numerator, left.Exponent - right.Exponent);

    public static ExactNumber operator %(ExactNumber left, ExactNumber right)
    {
        (BigInteger a, BigInteger b, int exponent) = Aligned(left, right);
        return new ExactNumber(BigInteger.Remainder(a, b), 1, exponent);
    }

    public static int Compare(ExactNumber left, ExactNumber right)
    {
        (BigInteger a, BigInteger b, _) = Aligned(left, right);
        return a.CompareTo(b);
    }

    /// <summary>Keeps places behind the point, and rounds the rest as told; halves away from zero where nothing else is.</summary>
    public ExactNumber RoundTo(int places, MidpointRounding rounding)
    {
        int excess = -places - Exponent;
        if (excess <= 0) return this;
        BigInteger unit = BigInteger.Pow(10, excess);
        BigInteger quotient = BigInteger.DivRem(Numerator, unit, out BigInteger rest);
        bool away = rounding switch
        {
            MidpointRounding.ToNegativeInfinity => rest.Sign < 0,
            MidpointRounding.ToPositiveInfinity => rest.Sign > 0,
            MidpointRounding.ToZero => false,
            _ => BigInteger.Abs(rest) * 2 >= unit,
        };
        return new ExactNumber(away ? quotient + Numerator.Sign : quotient, 1, -places);
    }

    /// <summary>The closest decimal128, halves to even, as coefficient and exponent without zeros at the end; null where it is too large.</summary>
    public (BigInteger Coefficient, int Exponent)? Nearest()
    {
        BigInteger numerator = BigInteger.Abs(Numerator);
        BigInteger denominator = BigInteger.Abs(Denominator);
        int exponent = Exponent;
        if (!denominator.IsOne)
        {
            // Far more digits than are kept, and a last one that tells whether there was a rest.
            int zeros = Math.Max(0, 60 + Length(denominator) - Length(numerator));
            numerator = BigInteger.DivRem(numerator * BigInteger.Pow(10, zeros), denominator, out BigInteger rest);
            numerator = (numerator * 10) + (rest.IsZero ? 0 : 1);
            exponent -= zeros + 1;
        }

        int excess = Math.Max(Length(numerator) - MostDigits, LeastExponent - exponent);
        if (excess > 0)
        {
            BigInteger unit = BigInteger.Pow(10, excess);
            numerator = BigInteger.DivRem(numerator, unit, out BigInteger rest);
            int half = (rest * 2).CompareTo(unit);
            if (half > 0 || (half == 0 && !numerator.IsEven)) numerator++;
            exponent += excess;
        }

        while (!numerator.IsZero && (numerator % 10).IsZero)
        {
            numerator /= 10;
            exponent++;
        }

        if (numerator.IsZero) return (0, 0);
        if (exponent + Length(numerator) > GreatestExponent + MostDigits) return null;
        return (numerator * Numerator.Sign * Denominator.Sign, exponent);
    }

    private static int Length(BigInteger number) => number.IsZero ? 0 : number.ToString(CultureInfo.InvariantCulture).Length;

    private static (BigInteger Left, BigInteger Right, int Exponent) Aligned(ExactNumber left, ExactNumber right)
    {
        int exponent = Math.Min(left.Exponent, right.Exponent);
        return (left.Numerator * BigInteger.Pow(10, left.Exponent - exponent), right.Numerator * BigInteger.Pow(10, right.Exponent - exponent), exponent);
    }
}
