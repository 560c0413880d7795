using System.Globalization;

namespace AdxFlow.Local.Tables;

/// <content>Text: what is read, and what is written.</content>
internal readonly partial struct KustoDecimal : IFormattable
{
    /// <summary>The length of the longest text: a sign, "0.", zeros and digits.</summary>
    public const int MaxLength = 1 + 2 + (2 * MaxDigits);

    // Far beyond the range, whatever the digits in front are.
    private const long ExponentLimit = 100_000_000;

    /// <summary>
    /// Reads digits with a sign, a point and an exponent, of which only the digits are needed, between spaces. Digits
    /// beyond the 34th round. False for anything else, and where the number is too large.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out KustoDecimal value)
    {
        value = default;
        text = text.Trim(" \t\n\v\f\r"u8);
        if (text.IsEmpty) return false;
        bool isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+') text = text[1..];

        var digits = default(DigitReader);
        ReadOnlySpan<byte> whole = Digits(text);
        digits.Add(whole);
        text = text[whole.Length..];
        ReadOnlySpan<byte> fraction = [];
        if (text.StartsWith("."u8))
        {
            fraction = Digits(text[1..]);
            digits.Add(fraction);
            text = text[(fraction.Length + 1)..];
        }

        if (whole.IsEmpty && fraction.IsEmpty) return false;
        long exponent = digits.Dropped - fraction.Length;
        if (!text.IsEmpty)
        {
            if (text[0] is not ((byte)'e' or (byte)'E') || !TryExponent(text[1..], out long written)) return false;
            exponent += written;
        }

        return TryRound(isNegative, digits.Coefficient, (int)Math.Clamp(exponent, -ExponentLimit, ExponentLimit), digits.HasRest, out value);
    }

    /// <summary>Digits with a point, and with an exponent (<c>1.5E+40</c>) only where there were more than 34 digits before the point or 33 zeros behind it.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxLength];
        return text[..Format(text)].ToString();
    }

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes what <see cref="ToString()"/> gives, and tells how long it is, at most <see cref="MaxLength"/>.</summary>
    public int Format(Span<char> text)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        Coefficient.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        digits = digits[..count];
        int exponent = Exponent;
        int point = count + exponent;
        int length = 0;
        if (IsNegative) text[length++] = '-';
        if (exponent > 0 || point <= -MaxDigits)
        {
            text[length++] = digits[0];
            if (count > 1) length += Append(text[length..], '.', digits[1..]);
            text[length++] = 'E';
            text[length++] = point > 0 ? '+' : '-';
            Math.Abs(point - 1).TryFormat(text[length..], out int written, default, CultureInfo.InvariantCulture);
            return length + written;
        }

        if (point <= 0)
        {
            "0.".CopyTo(text[length..]);
            text.Slice(length + 2, -point).Fill('0');
            length += 2 - point;
            point = 0;
        }

        digits[..point].CopyTo(text[length..]);
        length += point;
        if (point == 0)
        {
            digits.CopyTo(text[length..]);
            return length + count;
        }

        return point < count ? length + Append(text[length..], '.', digits[point..]) : length;
    }

    private static int Append(Span<char> text, char first, ReadOnlySpan<char> rest)
    {
        text[0] = first;
        rest.CopyTo(text[1..]);
        return 1 + rest.Length;
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text : text[..end];
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        bool isNegative = text.StartsWith("-"u8);
        if (isNegative || text.StartsWith("+"u8)) text = text[1..];
        if (text.IsEmpty || Digits(text).Length < text.Length) return false;
        foreach (byte digit in text)
            exponent = Math.Min(ExponentLimit, (exponent * 10) + (digit - '0'));
        if (isNegative) exponent = -exponent;
        return true;
    }

    /// <summary>Gathers digits while there is room for them, and remembers whether those behind were all zero.</summary>
    private struct DigitReader
    {
        private const int MaxChunk = 19;

        private int _count;

        public UInt128 Coefficient { get; private set; }

        /// <summary>How many digits there was no room for.</summary>
        public long Dropped { get; private set; }

        public bool HasRest { get; private set; }

        public void Add(ReadOnlySpan<byte> digits)
        {
            if (_count == 0) digits = digits.TrimStart((byte)'0');
            while (!digits.IsEmpty)
            {
                int count = Math.Min(digits.Length, Math.Min(MaxChunk, PowersOfTen.Most - _count));
                if (count == 0)
                {
                    Dropped += digits.Length;
                    HasRest |= digits.ContainsAnyExcept((byte)'0');
                    return;
                }

                ulong chunk = 0;
                foreach (byte digit in digits[..count])
                    chunk = (chunk * 10) + (uint)(digit - '0');
                Coefficient = _count == 0 ? chunk : (Coefficient * PowersOfTen.Of(count)) + chunk;
                _count += count;
                digits = digits[count..];
            }
        }
    }
}
