using System.Globalization;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables;

/// <summary>The short ways to read values give what the long ones do, or leave it to these.</summary>
public sealed class FastValueTests
{
    private const int Seed = 20261122;

    [Fact]
    public void Datetimes_are_the_same_the_short_way()
    {
        var random = new Random(Seed);
        int read = 0;
        for (int i = 0; i < 200_000; i++)
        {
            var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            string form = "yyyy-MM-ddTHH:mm:ss" + (random.Next(2) == 0 ? "" : "." + new string('f', random.Next(1, 8))) + (random.Next(8) == 0 ? "" : "Z");
            byte[] text = Spoil(random, time.ToString(form, CultureInfo.InvariantCulture), "0123456789-T:.Zz +");
            bool expected = IsoDateTime.TryAny(text, out long ticks);
            Assert.Equal((expected, ticks), (IsoDateTime.TryParse(text, out long fast), fast));
            if (expected) read++;
        }

        Assert.InRange(read, 100_000, 199_999);
    }

    [Fact]
    public void Reals_are_the_same_the_short_way_to_the_last_bit()
    {
        var random = new Random(Seed);
        int read = 0;
        for (int i = 0; i < 300_000; i++)
        {
            string number = random.Next(4) switch
            {
                0 => random.NextInt64(-1_000_000, 1_000_000).ToString(CultureInfo.InvariantCulture),
                1 => (random.NextInt64(1L << random.Next(1, 62)) / 1000m).ToString(CultureInfo.InvariantCulture),
                2 => (random.NextDouble() * Math.Pow(10, random.Next(-20, 20))).ToString("R", CultureInfo.InvariantCulture),
                _ => string.Create(CultureInfo.InvariantCulture, $"{(random.Next(2) == 0 ? "-" : "")}{random.Next(100)}.{random.NextInt64(1L << random.Next(1, 50))}"),
            };
            byte[] text = Spoil(random, number, "0123456789.-+eE ");
            bool expected = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            Assert.Equal(expected, ValueText.TryReal(text, out double fast));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(fast));
            if (PlainReal.TryParse(text, out _)) read++;
        }

        Assert.InRange(read, 50_000, 299_999);
    }

    [Theory]
    [InlineData("-0", true)]
    [InlineData("0.1", true)]
    [InlineData("123456789012345", true)]
    [InlineData("1234567890123456", false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData(".5", false)]
    [InlineData("5.", false)]
    [InlineData("1.2.3", false)]
    [InlineData("1e5", false)]
    public void Only_plain_reals_are_read_the_short_way(string text, bool plain)
    {
        Assert.Equal(plain, PlainReal.TryParse(Encoding.ASCII.GetBytes(text), out double value));
        if (plain) Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>Changes a text now and then, by a character or two.</summary>
    private static byte[] Spoil(Random random, string text, string characters)
    {
        var spoilt = new StringBuilder(text);
        for (int changes = Math.Max(0, random.Next(6) - 3); changes > 0; changes--)
        {
            char character = characters[random.Next(characters.Length)];
            int at = random.Next(spoilt.Length);
            switch (random.Next(3))
            {
                case 0: spoilt[at] = character; break;
                case 1: spoilt.Insert(at, character); break;
                default:
                    if (spoilt.Length > 1) spoilt.Remove(at, 1);
                    break;
            }
        }

        return Encoding.ASCII.GetBytes(spoilt.ToString());
    }
}
