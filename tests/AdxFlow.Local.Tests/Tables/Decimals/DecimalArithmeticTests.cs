using System.Globalization;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables.Decimals;

/// <summary>Each result is the exact one, rounded once: held against arithmetic without limits, .NET's decimal, and another implementation.</summary>
public sealed class DecimalArithmeticTests
{
    private const int Rounds = 20_000;

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("*")]
    [InlineData("/")]
    [InlineData("%")]
    public void Results_are_the_exact_ones_rounded_once(string symbol)
    {
        var numbers = new NumberSource(symbol[0]);
        for (int i = 0; i < Rounds; i++)
        {
            string left = numbers.Number();
            string right = i % 2 == 0 ? numbers.Number() : numbers.Near();
            KustoDecimal b = Parse(right);
            if (symbol is "/" or "%" && b.IsZero) continue;
            var expected = Exact(symbol, ExactNumber.Of(left), ExactNumber.Of(right)).Nearest();
            string? result = Apply(symbol, Parse(left), b)?.ToString();
            Assert.True(expected == (result is null ? null : ExactNumber.Of(result).Nearest()), $"{left} {symbol} {right} gave {result}");
        }
    }

    [Fact]
    public void Results_that_fit_dotnets_decimal_look_as_there()
    {
        var numbers = new NumberSource(1);
        for (int i = 0; i < Rounds; i++)
        {
            decimal a = Small(numbers);
            decimal b = Small(numbers);
            string[] expected = Array.ConvertAll([a + b, a - b, a * b, Math.Round(a, 2, MidpointRounding.AwayFromZero), Math.Ceiling(a), Math.Floor(a), decimal.Truncate(a)], Text);
            KustoDecimal x = (KustoDecimal)a;
            KustoDecimal y = (KustoDecimal)b;
            string[] actual = Array.ConvertAll([x + y, x - y, x * y, KustoDecimal.Round(x, 2), KustoDecimal.Ceiling(x), KustoDecimal.Floor(x), KustoDecimal.Truncate(x)], d => d.ToString());
            Assert.True(expected.SequenceEqual(actual), $"{a}, {b}: {string.Join(' ', expected)} is not {string.Join(' ', actual)}");
        }

        static decimal Small(NumberSource numbers) =>
            new(numbers.Next(0, int.MaxValue - 1), numbers.Next(0, 2), 0, numbers.Next(0, 1) == 0, (byte)numbers.Next(0, 8));

        // .NET has a zero with a sign.
        static string Text(decimal number) => (number == 0 ? Math.Abs(number) : number).ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Rounding_to_places_is_that_of_exact_numbers()
    {
        var numbers = new NumberSource(2);
        for (int i = 0; i < Rounds; i++)
        {
            string text = numbers.Near();
            int places = numbers.Next(-36, 36);
            KustoDecimal value = Parse(text);
            ExactNumber exact = ExactNumber.Of(text);
            Expect(exact.RoundTo(places, MidpointRounding.AwayFromZero), KustoDecimal.Round(value, places), $"round({text}, {places})");
            Expect(exact.RoundTo(0, MidpointRounding.ToNegativeInfinity), KustoDecimal.Floor(value), $"floor({text})");
            Expect(exact.RoundTo(0, MidpointRounding.ToPositiveInfinity), KustoDecimal.Ceiling(value), $"ceiling({text})");
            Expect(exact.RoundTo(0, MidpointRounding.ToZero), KustoDecimal.Truncate(value), $"truncate({text})");
        }

        static void Expect(ExactNumber expected, KustoDecimal actual, string what) =>
            Assert.True(expected.Nearest() == ExactNumber.Of(actual.ToString()).Nearest(), $"{what} gave {actual}");
    }

    [Fact]
    public void Multiples_are_the_next_ones_below()
    {
        var numbers = new NumberSource(3);
        for (int i = 0; i < Rounds; i++)
        {
            string text = numbers.Near(20);
            string size = numbers.Near(12).TrimStart('-');
            if (Parse(size).IsZero) continue;
            ExactNumber unit = ExactNumber.Of(size);
            ExactNumber rest = ExactNumber.Of(text) % unit;
            ExactNumber expected = ExactNumber.Of(text) - (rest.Numerator.Sign < 0 ? rest + unit : rest);

            // Multiples of more than 34 digits are rounded, and then are none any more.
            if (expected.Digits > 34) continue;
            KustoDecimal actual = KustoDecimal.FloorTo(Parse(text), Parse(size));
            Assert.True(expected.Nearest() == ExactNumber.Of(actual.ToString()).Nearest(), $"bin({text}, {size}) gave {actual}");
        }
    }

    // What Python's decimal gives with a precision of 34, Emax 6144, Emin -6143 and clamp 1; whole numbers written out.
    [Theory]
    [InlineData("1", "/", "3", "0.3333333333333333333333333333333333")]
    [InlineData("2", "/", "3", "0.6666666666666666666666666666666667")]
    [InlineData("-1", "/", "7", "-0.1428571428571428571428571428571429")]
    [InlineData("10", "/", "4", "2.5")]
    [InlineData("6.00", "/", "2", "3.00")]
    [InlineData("600", "/", "2.00", "300")]
    [InlineData("1.0", "/", "2", "0.5")]
    [InlineData("1", "/", "9999999999999999999999999999999999", "0.0000000000000000000000000000000001000000000000000000000000000000000")]
    [InlineData("1", "/", "1024", "0.0009765625")]
    [InlineData("1E-6176", "/", "2", "0.0000000000000000000000000000000000")]
    [InlineData("3E-6176", "/", "2", "2E-6176")]
    [InlineData("9E+6144", "/", "0.1", "overflow")]
    [InlineData("1E+40", "/", "4", "2.5E+39")]
    [InlineData("1.5", "+", "0.50", "2.00")]
    [InlineData("0", "+", "0.00", "0.00")]
    [InlineData("5", "+", "0.00", "5.00")]
    [InlineData("1234567890123456789012345678901234", "+", "0.5", "1234567890123456789012345678901234")]
    [InlineData("1234567890123456789012345678901235", "+", "0.5", "1234567890123456789012345678901236")]
    [InlineData("1234567890123456789012345678901234", "+", "0.50000000000000000000000001", "1234567890123456789012345678901235")]
    [InlineData("9999999999999999999999999999999999", "+", "1", "1.000000000000000000000000000000000E+34")]
    [InlineData("9999999999999999999999999999999999", "+", "0.5", "1.000000000000000000000000000000000E+34")]
    [InlineData("1E+50", "+", "1", "1.000000000000000000000000000000000E+50")]
    [InlineData("1E+50", "-", "1", "1.000000000000000000000000000000000E+50")]
    [InlineData("1E+33", "-", "1E-33", "1000000000000000000000000000000000")]
    [InlineData("1E+6144", "-", "1E-6176", "1.000000000000000000000000000000000E+6144")]
    [InlineData("9.999999999999999999999999999999999E+6144", "+", "1E+6110", "9.999999999999999999999999999999999E+6144")]
    [InlineData("9.999999999999999999999999999999999E+6144", "+", "5E+6110", "overflow")]
    [InlineData("9.999999999999999999999999999999999E+6144", "+", "4E+6110", "9.999999999999999999999999999999999E+6144")]
    [InlineData("-9E+6144", "-", "9E+6144", "overflow")]
    [InlineData("1", "-", "1.000", "0.000")]
    [InlineData("0.1", "+", "0.2", "0.3")]
    [InlineData("-0.1", "+", "0.1", "0.0")]
    [InlineData("1.1", "*", "1.1", "1.21")]
    [InlineData("1.10", "*", "2", "2.20")]
    [InlineData("9999999999999999999999999999999999", "*", "9999999999999999999999999999999999", "9.999999999999999999999999999999998E+67")]
    [InlineData("1E-3000", "*", "1E-3176", "1E-6176")]
    [InlineData("1E-3000", "*", "1E-3177", "0.0000000000000000000000000000000000")]
    [InlineData("1E-3000", "*", "5E-3177", "0.0000000000000000000000000000000000")]
    [InlineData("1E-3000", "*", "6E-3177", "1E-6176")]
    [InlineData("1E+3000", "*", "1E+3144", "1.000000000000000000000000000000000E+6144")]
    [InlineData("1E+3000", "*", "1E+3145", "overflow")]
    [InlineData("1234567890123456789", "*", "9876543210987654321", "1.219326311370217952237463801111264E+37")]
    [InlineData("0.00", "*", "-5", "0.00")]
    [InlineData("1234567890123456.7", "*", "1000000000000000001", "1234567890123456701234567890123457")]
    [InlineData("-5E-1", "*", "3333333333333333333333333333333333", "-1666666666666666666666666666666666")]
    [InlineData("5.5", "%", "2", "1.5")]
    [InlineData("-5.5", "%", "2", "-1.5")]
    [InlineData("5.5", "%", "-2", "1.5")]
    [InlineData("1E+40", "%", "7", "4")]
    [InlineData("1", "%", "1E+40", "1")]
    [InlineData("10.00", "%", "3", "1.00")]
    [InlineData("123456789.123456789", "%", "0.001", "0.000456789")]
    [InlineData("9.999999999999999999999999999999999E+6144", "%", "7E-6176", "1E-6176")]
    [InlineData("1E-40", "%", "3E-50", "1E-50")]
    public void Results_are_those_of_another_implementation(string left, string symbol, string right, string expected)
    {
        Assert.Equal(expected, Apply(symbol, Parse(left), Parse(right))?.ToString() ?? "overflow");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("%")]
    public void Nothing_is_divided_by_zero(string symbol)
    {
        Assert.Throws<DivideByZeroException>(() => Apply(symbol, 1, Parse("0.00")));
    }

    [Fact]
    public void Signs_are_changed_and_taken_away()
    {
        Assert.Equal("-1.50", (-Parse("1.50")).ToString());
        Assert.Equal("1.50", (-Parse("-1.50")).ToString());
        Assert.Equal("0.0", (-Parse("0.0")).ToString());
        Assert.Equal("1.50", KustoDecimal.Abs(Parse("-1.50")).ToString());
        Assert.Equal([-1, 0, 1], new[] { "-1E-6176", "0.00", "9E+6144" }.Select(t => Parse(t).Sign));
    }

    private static ExactNumber Exact(string symbol, ExactNumber left, ExactNumber right) => symbol switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        _ => left % right,
    };

    private static KustoDecimal? Apply(string symbol, KustoDecimal left, KustoDecimal right)
    {
        try
        {
            return symbol switch
            {
                "+" => left + right,
                "-" => left - right,
                "*" => left * right,
                "/" => left / right,
                _ => left % right,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static KustoDecimal Parse(string text)
    {
        Assert.True(KustoDecimal.TryParse(Encoding.UTF8.GetBytes(text), out KustoDecimal value), text);
        return value;
    }
}
