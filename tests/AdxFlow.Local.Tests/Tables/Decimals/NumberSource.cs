using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Tests.Tables.Decimals;

/// <summary>Texts of numbers that are likely to show mistakes: of all lengths, with nines and zeros, close together and far apart.</summary>
internal sealed class NumberSource(int seed)
{
    private readonly Random _random = new(seed);

    public int Next(int least, int most) => _random.Next(least, most + 1);

    /// <param name="most">The greatest number of digits.</param>
    public string Number(int most = 34) => Number(most, Exponent());

    /// <summary>A number whose exponent is close to those of others.</summary>
    public string Near(int most = 34) => Number(most, Next(-20, 5));

    private string Number(int most, int exponent)
    {
        var text = new StringBuilder();
        if (Next(0, 1) == 0) text.Append('-');
        text.Append(Digits(Next(1, most)));
        return exponent == 0 ? text.ToString() : text.Append('E').Append(exponent.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    private int Exponent() => Next(0, 99) switch
    {
        < 60 => Next(-20, 5),
        < 95 => Next(-70, 70),
        < 97 => Next(-6176, -6100),
        < 99 => Next(6000, 6111),
        _ => Next(-6176, 6111),
    };

    private string Digits(int count)
    {
        char[] digits = new char[count];
        switch (Next(0, 5))
        {
            case 0:
                Array.Fill(digits, '9');
                break;
            case 1:
                Array.Fill(digits, '0');
                digits[0] = (char)('1' + Next(0, 8));
                digits[^1] = (char)('0' + Next(0, 9));
                break;
            case 2:
                Array.Fill(digits, '0');
                digits[0] = '5';
                break;
            default:
                for (int i = 0; i < count; i++)
                    digits[i] = (char)('0' + Next(0, 9));
                break;
        }

        return new string(digits);
    }
}
