using System.Globalization;
using System.Numerics;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Core.Tests.Ingestion.Rows;

public sealed class CellEncoderTests
{
    private static readonly Guid SomeGuid = new("74be27de-1e4e-49d9-b579-fe0b331d3642");
    private static readonly DateTime SomeTime = new DateTime(2020, 3, 4, 14, 5, 1, DateTimeKind.Utc).AddTicks(3109965);

    public static TheoryData<AdxType, object, string> Accepted => new()
    {
        { AdxType.Bool, true, "true" },
        { AdxType.Bool, false, "false" },
        { AdxType.Bool, 1, "true" },
        { AdxType.Bool, 0L, "false" },
        { AdxType.Bool, 1.0, "true" },
        { AdxType.Bool, "TRUE", "true" },
        { AdxType.Bool, " false ", "false" },
        { AdxType.Bool, "1", "true" },
        { AdxType.Bool, "0", "false" },
        { AdxType.Bool, " 1 ", "true" },
        { AdxType.Bool, "01", "true" },
        { AdxType.Bool, "+1", "true" },

        { AdxType.Int, int.MinValue, "-2147483648" },
        { AdxType.Int, int.MaxValue, "2147483647" },
        { AdxType.Int, (sbyte)-128, "-128" },
        { AdxType.Int, (byte)255, "255" },
        { AdxType.Int, (short)-1, "-1" },
        { AdxType.Int, (ushort)65535, "65535" },
        { AdxType.Int, 7u, "7" },
        { AdxType.Int, 7UL, "7" },
        { AdxType.Int, (nint)7, "7" },
        { AdxType.Int, 7.0, "7" },
        { AdxType.Int, 7.0f, "7" },
        { AdxType.Int, 7.00m, "7" },
        { AdxType.Int, true, "1" },
        { AdxType.Int, " -7 ", "-7" },

        { AdxType.Long, long.MinValue, "-9223372036854775808" },
        { AdxType.Long, long.MaxValue, "9223372036854775807" },
        { AdxType.Long, (ulong)long.MaxValue, "9223372036854775807" },
        { AdxType.Long, (decimal)long.MinValue, "-9223372036854775808" },
        { AdxType.Long, new BigInteger(long.MaxValue), "9223372036854775807" },
        { AdxType.Long, "9223372036854775807", "9223372036854775807" },
        { AdxType.Long, -0.0, "0" },

        { AdxType.Real, 0.1, "0.1" },
        { AdxType.Real, 0.1f, "0.1" },
        { AdxType.Real, 1.0 / 3, "0.3333333333333333" },
        { AdxType.Real, double.MaxValue, "1.7976931348623157E+308" },
        { AdxType.Real, double.Epsilon, "5E-324" },
        { AdxType.Real, float.MaxValue, "3.4028235E+38" },
        { AdxType.Real, double.NaN, "NaN" },
        { AdxType.Real, double.PositiveInfinity, "Infinity" },
        { AdxType.Real, double.NegativeInfinity, "-Infinity" },
        { AdxType.Real, float.NaN, "NaN" },
        { AdxType.Real, float.NegativeInfinity, "-Infinity" },
        { AdxType.Real, 12.50m, "12.5" },
        { AdxType.Real, 7, "7" },
        { AdxType.Real, ulong.MaxValue, "1.8446744073709552E+19" },
        { AdxType.Real, BigInteger.Pow(10, 20), "1E+20" },
        { AdxType.Real, "1.5", "1.5" },
        { AdxType.Real, " -1e3 ", "-1000" },
        { AdxType.Real, "NaN", "NaN" },
        { AdxType.Real, "-Infinity", "-Infinity" },

        { AdxType.Decimal, decimal.MaxValue, "79228162514264337593543950335" },
        { AdxType.Decimal, decimal.MinValue, "-79228162514264337593543950335" },
        { AdxType.Decimal, 0.0000000000000000000000000001m, "0.0000000000000000000000000001" },
        { AdxType.Decimal, 1.10m, "1.10" },
        { AdxType.Decimal, 0.1, "0.1" },
        { AdxType.Decimal, 0.1f, "0.1" },
        { AdxType.Decimal, ulong.MaxValue, "18446744073709551615" },
        { AdxType.Decimal, BigInteger.Pow(10, 30), "1000000000000000000000000000000" },
        { AdxType.Decimal, BigInteger.Parse("-5", CultureInfo.InvariantCulture), "-5" },
        { AdxType.Decimal, -3, "-3" },
        { AdxType.Decimal, "1234567890123456789012345678901234", "1234567890123456789012345678901234" },
        { AdxType.Decimal, "-9.999999999999999999999999999999999E+6144", "-9.999999999999999999999999999999999E+6144" },
        { AdxType.Decimal, "0.0009e6148", "0.0009e6148" },
        { AdxType.Decimal, "0e99999999999", "0e99999999999" },
        { AdxType.Decimal, "1E-6176", "1E-6176" },
        // 34 digits, more than .NET's decimal has: they go out as they came.
        { AdxType.Decimal, " 1.234567890123456789012345678901234 ", "1.234567890123456789012345678901234" },

        { AdxType.DateTime, SomeTime, "2020-03-04T14:05:01.3109965Z" },
        { AdxType.DateTime, DateTime.SpecifyKind(SomeTime, DateTimeKind.Unspecified), "2020-03-04T14:05:01.3109965Z" },
        { AdxType.DateTime, SomeTime.ToLocalTime(), "2020-03-04T14:05:01.3109965Z" },
        { AdxType.DateTime, new DateTimeOffset(2020, 3, 4, 14, 5, 1, TimeSpan.FromHours(5.5)), "2020-03-04T08:35:01.0000000Z" },
        { AdxType.DateTime, new DateOnly(2020, 2, 29), "2020-02-29T00:00:00.0000000Z" },
        { AdxType.DateTime, DateTime.MinValue, "0001-01-01T00:00:00.0000000Z" },
        { AdxType.DateTime, DateTime.MaxValue, "9999-12-31T23:59:59.9999999Z" },
        { AdxType.DateTime, "2020-03-04T14:05:01.3109965Z", "2020-03-04T14:05:01.3109965Z" },
        { AdxType.DateTime, "2020-03-04T14:05:01+02:00", "2020-03-04T12:05:01.0000000Z" },
        { AdxType.DateTime, "2020-03-04 14:05", "2020-03-04T14:05:00.0000000Z" },

        { AdxType.TimeSpan, TimeSpan.Zero, "00:00:00" },
        { AdxType.TimeSpan, new TimeSpan(1, 2, 3, 4).Add(TimeSpan.FromTicks(5)), "1.02:03:04.0000005" },
        { AdxType.TimeSpan, TimeSpan.MinValue, "-10675199.02:48:05.4775808" },
        { AdxType.TimeSpan, TimeSpan.MaxValue, "10675199.02:48:05.4775807" },
        { AdxType.TimeSpan, new TimeOnly(10, 30, 15), "10:30:15" },
        { AdxType.TimeSpan, "1.02:03:04", "1.02:03:04" },

        { AdxType.Guid, SomeGuid, "74be27de-1e4e-49d9-b579-fe0b331d3642" },
        { AdxType.Guid, "{74BE27DE-1E4E-49D9-B579-FE0B331D3642}", "74be27de-1e4e-49d9-b579-fe0b331d3642" },

        { AdxType.String, "", "" },
        { AdxType.String, "plain", "plain" },
        { AdxType.String, "a,b", "\"a,b\"" },
        { AdxType.String, "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { AdxType.String, "\"", "\"\"\"\"" },
        { AdxType.String, "two\nlines", "\"two\nlines\"" },
        { AdxType.String, "two\rlines", "\"two\rlines\"" },
        { AdxType.String, "two\r\nlines", "\"two\r\nlines\"" },
        { AdxType.String, " spaced ", " spaced " },
        { AdxType.String, "tab\tbar|semi;", "tab\tbar|semi;" },
        { AdxType.String, "Zürich 🌍 İı", "Zürich 🌍 İı" },
        { AdxType.String, "half \uD83C pair", "half \uFFFD pair" },
        { AdxType.String, true, "true" },
        { AdxType.String, 12.5, "12.5" },
        { AdxType.String, 12.50m, "12.50" },
        { AdxType.String, SomeTime, "2020-03-04T14:05:01.3109965Z" },
        { AdxType.String, new DateTimeOffset(2020, 3, 4, 14, 5, 1, TimeSpan.FromHours(2)), "2020-03-04T12:05:01.0000000Z" },
        { AdxType.String, new DateOnly(2020, 1, 31), "2020-01-31T00:00:00.0000000Z" },
        { AdxType.String, new TimeOnly(10, 30, 15), "10:30:15" },
        { AdxType.String, new TimeSpan(1, 2, 3, 4), "1.02:03:04" },
        { AdxType.String, SomeGuid, "74be27de-1e4e-49d9-b579-fe0b331d3642" },
        { AdxType.String, DayOfWeek.Monday, "Monday" },
        { AdxType.String, 'x', "x" },
        { AdxType.String, ',', "\",\"" },
        { AdxType.String, new JsonText("{\"a\":1}"), "\"{\"\"a\"\":1}\"" },
        { AdxType.String, new Uri("https://example.org/a,b"), "\"https://example.org/a,b\"" },

        { AdxType.Dynamic, new JsonText("{\"a\":[1,2]}"), "\"{\"\"a\"\":[1,2]}\"" },
        { AdxType.Dynamic, new JsonText("null"), "null" },
        { AdxType.Dynamic, "{\"a\":1}", "\"{\"\"a\"\":1}\"" },
        { AdxType.Dynamic, " [1, 2] ", "\" [1, 2] \"" },
        { AdxType.Dynamic, "[]", "[]" },
        // Strings that only look like something else stay strings: quoted as JSON, then as CSV.
        { AdxType.Dynamic, "123", "\"\"\"123\"\"\"" },
        { AdxType.Dynamic, "true", "\"\"\"true\"\"\"" },
        { AdxType.Dynamic, "null", "\"\"\"null\"\"\"" },
        { AdxType.Dynamic, "", "\"\"\"\"\"\"" },
        { AdxType.Dynamic, "[not json", "\"\"\"[not json\"\"\"" },
        { AdxType.Dynamic, "{", "\"\"\"{\"\"\"" },
        { AdxType.Dynamic, "a\"b", "\"\"\"a\\\"\"b\"\"\"" },
        { AdxType.Dynamic, "line\nbreak", "\"\"\"line\\nbreak\"\"\"" },
        { AdxType.Dynamic, "Zürich", "\"\"\"Zürich\"\"\"" },
        { AdxType.Dynamic, 1, "1" },
        { AdxType.Dynamic, ulong.MaxValue, "18446744073709551615" },
        { AdxType.Dynamic, 0.1, "0.1" },
        { AdxType.Dynamic, 0.1f, "0.1" },
        { AdxType.Dynamic, 1.10m, "1.10" },
        { AdxType.Dynamic, true, "true" },
        { AdxType.Dynamic, double.NaN, "\"\"\"NaN\"\"\"" },
        { AdxType.Dynamic, double.NegativeInfinity, "\"\"\"-Infinity\"\"\"" },
        { AdxType.Dynamic, float.NaN, "\"\"\"NaN\"\"\"" },
        { AdxType.Dynamic, float.PositiveInfinity, "\"\"\"Infinity\"\"\"" },
        { AdxType.Dynamic, BigInteger.Pow(10, 20), "100000000000000000000" },
        { AdxType.Dynamic, SomeTime, "\"\"\"2020-03-04T14:05:01.3109965Z\"\"\"" },
        { AdxType.Dynamic, SomeTime.ToLocalTime(), "\"\"\"2020-03-04T14:05:01.3109965Z\"\"\"" },
        { AdxType.Dynamic, DateTime.SpecifyKind(SomeTime, DateTimeKind.Unspecified), "\"\"\"2020-03-04T14:05:01.3109965Z\"\"\"" },
        { AdxType.Dynamic, new DateTimeOffset(2020, 3, 4, 14, 5, 1, TimeSpan.FromHours(2)), "\"\"\"2020-03-04T12:05:01.0000000Z\"\"\"" },
        { AdxType.Dynamic, new DateOnly(2020, 1, 31), "\"\"\"2020-01-31T00:00:00.0000000Z\"\"\"" },
        { AdxType.Dynamic, new TimeOnly(10, 30, 15), "\"\"\"10:30:15\"\"\"" },
        { AdxType.Dynamic, new TimeSpan(1, 2, 3, 4), "\"\"\"1.02:03:04\"\"\"" },
        { AdxType.Dynamic, SomeGuid, "\"\"\"74be27de-1e4e-49d9-b579-fe0b331d3642\"\"\"" },
        { AdxType.Dynamic, DayOfWeek.Monday, "\"\"\"Monday\"\"\"" },
    };

    public static TheoryData<AdxType, object> Refused => new()
    {
        { AdxType.Bool, "yes" },
        { AdxType.Bool, "" },
        { AdxType.Bool, 2 },
        { AdxType.Bool, -1 },
        { AdxType.Bool, 0.5 },
        { AdxType.Bool, "2" },
        { AdxType.Int, (long)int.MaxValue + 1 },
        { AdxType.Int, (long)int.MinValue - 1 },
        { AdxType.Int, 1.5 },
        { AdxType.Int, "1.5" },
        { AdxType.Int, "1,000" },
        { AdxType.Int, "" },
        { AdxType.Int, "0x10" },
        { AdxType.Int, double.NaN },
        { AdxType.Int, SomeGuid },
        { AdxType.Long, ulong.MaxValue },
        { AdxType.Long, (ulong)long.MaxValue + 1 },
        { AdxType.Long, (decimal)long.MaxValue + 1 },
        { AdxType.Long, new BigInteger(long.MaxValue) + 1 },
        { AdxType.Long, 1e19 },
        { AdxType.Long, 9.3e18 },
        { AdxType.Long, 1e19f },
        { AdxType.Long, double.PositiveInfinity },
        { AdxType.Long, float.NaN },
        { AdxType.Long, "9223372036854775808" },
        { AdxType.Long, SomeTime },
        { AdxType.Real, "1,5" },
        { AdxType.Real, "" },
        { AdxType.Real, "abc" },
        // What has no such large number must not become infinite on the way.
        { AdxType.Real, "1e400" },
        { AdxType.Real, BigInteger.Pow(10, 400) },
        { AdxType.Real, SomeTime },
        { AdxType.Decimal, double.NaN },
        { AdxType.Decimal, double.PositiveInfinity },
        { AdxType.Decimal, float.NegativeInfinity },
        { AdxType.Decimal, "1,5" },
        { AdxType.Decimal, "" },
        { AdxType.Decimal, "NaN" },
        { AdxType.Decimal, "--1" },
        { AdxType.Decimal, "1e" },
        { AdxType.Decimal, "1E+6145" },
        { AdxType.Decimal, "-10.5e6144" },
        { AdxType.Decimal, "1e99999999999" },
        { AdxType.Decimal, BigInteger.Pow(10, 6145) },
        { AdxType.DateTime, "" },
        { AdxType.DateTime, "soon" },
        { AdxType.DateTime, "2020-02-30" },
        { AdxType.DateTime, 637_000_000_000_000_000L },
        { AdxType.DateTime, TimeSpan.FromHours(1) },
        { AdxType.TimeSpan, "" },
        { AdxType.TimeSpan, "fast" },
        { AdxType.TimeSpan, "25:00:00:00:00" },
        { AdxType.TimeSpan, 5 },
        { AdxType.TimeSpan, SomeTime },
        { AdxType.Guid, "" },
        { AdxType.Guid, "74be27de" },
        { AdxType.Guid, 1 },
    };

    public static TheoryData<object, string> OfUnknownType => new()
    {
        { true, "true" },
        { 0.1f, "0.1" },
        { 1.10m, "1.10" },
        { ulong.MaxValue, "18446744073709551615" },
        { uint.MaxValue, "4294967295" },
        { long.MinValue, "-9223372036854775808" },
        { SomeTime, "2020-03-04T14:05:01.3109965Z" },
        { new DateTimeOffset(SomeTime), "2020-03-04T14:05:01.3109965Z" },
        { new DateOnly(2020, 1, 31), "2020-01-31T00:00:00.0000000Z" },
        { new TimeOnly(10, 30, 15), "10:30:15" },
        { new TimeSpan(1, 2, 3), "01:02:03" },
        { SomeGuid, "74be27de-1e4e-49d9-b579-fe0b331d3642" },
        { "any, text", "\"any, text\"" },
        { new JsonText("[1,2]"), "\"[1,2]\"" },
    };

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void A_value_that_fits_its_column_has_one_text(AdxType type, object value, string csv) =>
        Assert.Equal(csv, Cell.Text(type, value));

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_value_that_does_not_fit_is_refused_and_writes_nothing(AdxType type, object value) =>
        Assert.Null(Cell.Text(type, value));

    [Theory]
    [MemberData(nameof(OfUnknownType), DisableDiscoveryEnumeration = true)]
    public void Without_a_known_type_a_value_keeps_its_own_form(object value, string csv) =>
        Assert.Equal(csv, Cell.Text(CellEncoders.ForUnknownType, value));

    /// <summary>Decimal comma, dotless i, and a minus sign that is not the ASCII one.</summary>
    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    public void The_users_culture_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            foreach (ITheoryDataRow row in Accepted)
                Assert.Equal((string)row.GetData()[2]!, Cell.Text((AdxType)row.GetData()[0]!, row.GetData()[1]!));
            foreach (ITheoryDataRow row in Refused)
                Assert.Null(Cell.Text((AdxType)row.GetData()[0]!, row.GetData()[1]!));
            foreach (ITheoryDataRow row in OfUnknownType)
                Assert.Equal((string)row.GetData()[1]!, Cell.Text(CellEncoders.ForUnknownType, row.GetData()[0]!));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_float_is_written_so_that_it_reads_back_the_same()
    {
        var random = new Random(17);
        for (int round = 0; round < 10_000; round++)
        {
            float narrow = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            double wide = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (float.IsFinite(narrow))
                Assert.Equal(narrow, float.Parse(Cell.Text(AdxType.Real, narrow)!, CultureInfo.InvariantCulture));
            if (double.IsFinite(wide))
                Assert.Equal(wide, double.Parse(Cell.Text(AdxType.Real, wide)!, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void A_string_larger_than_any_buffer_arrives_whole()
    {
        string text = string.Concat(Enumerable.Repeat("é,\"", 400_000));
        Assert.Equal('"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"', Cell.Text(AdxType.String, text));
    }

    [Fact]
    public void Every_type_has_an_encoder()
    {
        object[] samples = [true, 1, 1L, 1.0, 1m, SomeTime, TimeSpan.Zero, SomeGuid, "x", new JsonText("1")];
        AdxType[] types = Enum.GetValues<AdxType>();
        Assert.Equal(samples.Length, types.Length);
        foreach ((AdxType type, object sample) in types.Zip(samples))
            Assert.NotNull(Cell.Text(type, sample));
    }
}
