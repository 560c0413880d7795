using System.Globalization;
using System.Numerics;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables.Decimals;

/// <summary>Texts, comparisons and conversions of decimals.</summary>
public sealed class DecimalValueTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Texts_are_read_as_the_closest_value()
    {
        var numbers = new NumberSource(4);
        for (int i = 0; i < Rounds; i++)
        {
            string text = numbers.Number(i % 4 == 0 ? 80 : 38);
            var expected = ExactNumber.Of(text).Nearest();
            (BigInteger, int)? actual = KustoDecimal.TryParse(Encoding.UTF8.GetBytes(text), out KustoDecimal value) ? ExactNumber.Of(value.ToString()).Nearest() : null;
            Assert.True(expected == actual, $"{text} became {value}");
        }
    }

    [Fact]
    public void Texts_read_what_was_written()
    {
        var numbers = new NumberSource(5);
        for (int i = 0; i < Rounds; i++)
        {
            KustoDecimal value = Parse(numbers.Number());
            string text = value.ToString();
            Assert.True(text.Length <= KustoDecimal.MaxLength);
            KustoDecimal again = Parse(text);
            Assert.Equal(value, again);
            Assert.Equal(text, again.ToString());
        }
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00", "0.00")]
    [InlineData("0E+9", "0")]
    [InlineData("0E-50", "0.0000000000000000000000000000000000")]
    [InlineData(" +1.50\t", "1.50")]
    [InlineData("007.", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("1e5", "100000")]
    [InlineData("1.5E+3", "1500")]
    [InlineData("1500e-3", "1.500")]
    [InlineData("1e33", "1000000000000000000000000000000000")]
    [InlineData("1e34", "1E+34")]
    [InlineData("12.50e40", "1.250E+41")]
    [InlineData("1e-34", "0.0000000000000000000000000000000001")]
    [InlineData("1e-35", "1E-35")]
    [InlineData("-12e-36", "-1.2E-35")]
    [InlineData("0.00000000000000000000000000000000011234567890123456789012345678901234", "0.0000000000000000000000000000000001123456789012345678901234567890123")]
    [InlineData("1234567890123456789012345678901234", "1234567890123456789012345678901234")]
    [InlineData("0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234")]
    [InlineData("12345678901234567890123456789012345", "1.234567890123456789012345678901234E+34")]
    [InlineData("12345678901234567890123456789012355", "1.234567890123456789012345678901236E+34")]
    [InlineData("12345678901234567890123456789012345.00000000000000000000001", "1.234567890123456789012345678901235E+34")]
    [InlineData("9.999999999999999999999999999999999E+6144", "9.999999999999999999999999999999999E+6144")]
    [InlineData("1E+6144", "1.000000000000000000000000000000000E+6144")]
    [InlineData("1E-6176", "1E-6176")]
    [InlineData("4E-6177", "0.0000000000000000000000000000000000")]
    [InlineData("6E-6177", "1E-6176")]
    [InlineData("1E-99999999999999999999", "0.0000000000000000000000000000000000")]
    public void Texts_are_written_in_one_form(string text, string expected)
    {
        Assert.Equal(expected, Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("+-1")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("1.2.3")]
    [InlineData("0x1F")]
    [InlineData("1m")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1E+6145")]
    [InlineData("10E+6144")]
    [InlineData("9.9999999999999999999999999999999996E+6144")]
    [InlineData("-1E+99999999999999999999")]
    public void What_is_no_number_or_too_large_is_not_read(string text)
    {
        Assert.False(KustoDecimal.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void A_text_of_a_million_digits_is_read()
    {
        Assert.Equal("1.000000000000000000000000000000000E+40", Parse(new string('0', 1_000_000) + "1" + new string('0', 1_000_000) + "e-999960").ToString());
        Assert.Equal("1", Parse("0." + new string('0', 999_999) + "1e1000000").ToString());
    }

    [Fact]
    public void Values_compare_as_numbers_whatever_their_places_are()
    {
        var numbers = new NumberSource(6);
        for (int i = 0; i < Rounds; i++)
        {
            string left = numbers.Number();
            string right = i % 3 == 0 ? Padded(left) : i % 3 == 1 ? numbers.Near() : numbers.Number();
            KustoDecimal a = Parse(left);
            KustoDecimal b = Parse(right);
            int expected = ExactNumber.Compare(ExactNumber.Of(a.ToString()), ExactNumber.Of(b.ToString()));
            Assert.True(expected == a.CompareTo(b), $"{left} and {right}");
            Assert.Equal((expected < 0, expected <= 0, expected == 0, expected != 0, expected >= 0, expected > 0), (a < b, a <= b, a == b, a != b, a >= b, a > b));
            if (expected == 0) Assert.Equal(a.GetHashCode(), b.GetHashCode());
        }

        // The same value with zeros at its end, where there is room for them.
        string Padded(string text)
        {
            int mark = text.IndexOf('E', StringComparison.Ordinal);
            string digits = mark < 0 ? text : text[..mark];
            int exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
            int zeros = numbers.Next(0, Math.Max(0, 34 - digits.Length));
            return exponent - zeros < -6176 ? text : $"{digits}{new string('0', zeros)}E{exponent - zeros}";
        }
    }

    [Fact]
    public void The_default_is_zero()
    {
        Assert.Equal("0", default(KustoDecimal).ToString());
        Assert.True(KustoDecimal.Zero.IsZero);
        Assert.Equal(KustoDecimal.Zero, Parse("0.000"));
        Assert.Equal(KustoDecimal.Zero.GetHashCode(), Parse("-0e10").GetHashCode());
    }

    [Fact]
    public void Whole_numbers_of_64_bits_come_and_go()
    {
        foreach (long number in (long[])[0, 1, -1, long.MaxValue, long.MinValue, 1_000_000_007])
        {
            KustoDecimal value = number;
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), value.ToString());
            Assert.True(value.TryToLong(out long back));
            Assert.Equal(number, back);
        }

        Assert.True(Parse("9223372036854775807.9").TryToLong(out long cut));
        Assert.Equal(long.MaxValue, cut);
        Assert.True(Parse("-9223372036854775808.9").TryToLong(out cut));
        Assert.Equal(long.MinValue, cut);
        Assert.True(Parse("-1E-6000").TryToLong(out cut));
        Assert.Equal(0, cut);
        foreach (string text in (string[])["9223372036854775808", "-9223372036854775809", "1E+40", "18446744073709551617", "1E+6144"])
            Assert.False(Parse(text).TryToLong(out _), text);
    }

    [Fact]
    public void The_real_of_a_decimal_is_the_closest_one()
    {
        var numbers = new NumberSource(7);
        for (int i = 0; i < Rounds; i++)
        {
            string text = numbers.Number(i % 2 == 0 ? 15 : 34);
            KustoDecimal value = Parse(text);
            double expected = double.Parse(value.ToString(), CultureInfo.InvariantCulture);
            Assert.True(expected == (double)value, text);
        }

        Assert.Equal(double.PositiveInfinity, (double)Parse("1E+400"));
        Assert.Equal(0, (double)Parse("1E-400"));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(2.2, "2.2000000000000002")]
    [InlineData(2.3, "2.2999999999999998")]
    [InlineData(-1e20, "-100000000000000000000")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "4.9406564584124654E-324")]
    public void A_real_becomes_the_decimal_of_its_17_digits(double real, string expected)
    {
        Assert.True(KustoDecimal.TryFrom(real, out KustoDecimal value));
        Assert.Equal(expected, value.ToString());
        Assert.Equal(real, (double)value);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_no_decimal(double real)
    {
        Assert.False(KustoDecimal.TryFrom(real, out _));
    }

    [Fact]
    public void A_decimal_of_dotnet_keeps_its_places()
    {
        foreach (decimal number in (decimal[])[0m, 0.00m, 1.50m, -1.50m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1234567890.123456789m])
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), ((KustoDecimal)number).ToString());
    }

    private static KustoDecimal Parse(string text)
    {
        Assert.True(KustoDecimal.TryParse(Encoding.UTF8.GetBytes(text), out KustoDecimal value), text);
        return value;
    }
}
