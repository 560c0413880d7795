using System.Globalization;

namespace AdxFlow.Adx;

/// <summary>KQL's decimal has about 34 digits, .NET's 28: what does not fit stays text.</summary>
internal static class DecimalText
{
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

    /// <summary>The significant digits: without sign, point, exponent, and zeros at either end.</summary>
    private static string Digits(string text)
    {
        int exponent = text.AsSpan().IndexOfAny('e', 'E');
        string mantissa = exponent < 0 ? text : text[..exponent];
        return string.Concat(mantissa.Where(char.IsAsciiDigit)).Trim('0');
    }
}
