using System.Globalization;

namespace AdxFlow.Adx;

/// <summary>KQL's decimal has about 34 digits, .NET's 28: what does not fit stays text.</summary>
internal static class DecimalText
{
    private const int LargestExponent = 6144;

    /// <summary>The number, exact, or the text where .NET's decimal would round it.</summary>
    public static object Read(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
            return text;

        // Parsing rounds silently; comparing the significant digits shows it.
        return Digits(value.ToString(CultureInfo.InvariantCulture)) == Digits(text) ? value : text;
    }

    /// <summary>True for the text of a number, such as <c>-12.5</c> or <c>1e-30</c>.</summary>
    public static bool IsValid(string text)
    {
        bool digits = false;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (char.IsAsciiDigit(letter))
                digits = true;
            else if (!(letter is '.' or 'e' or 'E' || (letter is '-' or '+' && (i == 0 || text[i - 1] is 'e' or 'E'))))
                return false;
        }

        return digits && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>True for the text of a number that is not too large for KQL's decimal, which ends below ten to the power of 6145.</summary>
    /// <remarks>Source: IEEE 754, decimal128.</remarks>
    public static bool IsInRange(string text)
    {
        if (!IsValid(text))
            return false;
        int mark = text.AsSpan().IndexOfAny('e', 'E');
        ReadOnlySpan<char> mantissa = (mark < 0 ? text : text.AsSpan(0, mark)).TrimStart("+-");
        int first = mantissa.IndexOfAnyInRange('1', '9');
        if (first < 0)
            return true;
        int point = mantissa.IndexOf('.');
        int exponent = 0;
        if (mark >= 0 && !int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return text[mark + 1] == '-';
        int whole = point < 0 ? mantissa.Length : point;
        return (long)exponent + whole - (first < whole ? first : first - 1) <= LargestExponent + 1;
    }

    /// <summary>The significant digits: without sign, point, exponent, and zeros at either end.</summary>
    private static string Digits(string text)
    {
        int exponent = text.AsSpan().IndexOfAny('e', 'E');
        string mantissa = exponent < 0 ? text : text[..exponent];
        return string.Concat(mantissa.Where(char.IsAsciiDigit)).Trim('0');
    }
}
