using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class KqlTests
{
    [Theory]
    [InlineData("T", "['T']")]
    [InlineData("where", "['where']")]
    [InlineData("1day", "['1day']")]
    [InlineData("it's [x]", @"['it\'s [x]']")]
    [InlineData("a\"b\\c", @"['a\""b\\c']")]
    [InlineData("a'] | .drop table x", @"['a\'] | .drop table x']")]
    [InlineData("naïve 表 🙂", "['naïve 表 🙂']")]
    public void A_name_is_quoted_by_the_one_rule(string name, string expected) => Assert.Equal(expected, Kql.Name(name));

    [Fact]
    public void A_name_may_have_1024_characters_and_no_more()
    {
        Assert.Equal(1024 + 4, Kql.Name(new string('x', 1024)).Length);
        AdxException error = Assert.Throws<AdxException>(() => Kql.Name(new string('x', 1025)));
        Assert.Equal("AdxInvalidName", error.ErrorId);
        Assert.True(error.Message.Length < 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    [InlineData("a\u0000")]
    [InlineData("a\u0085b")]
    public void What_is_no_name_is_refused(string name) => Assert.Equal("AdxInvalidName", Assert.Throws<AdxException>(() => Kql.Name(name)).ErrorId);

    [Fact]
    public void Half_a_character_is_no_name() => Assert.Throws<AdxException>(() => Kql.Name("a" + '\ud83d'));

    [Theory]
    [InlineData("", "''")]
    [InlineData("a'b", @"'a\'b'")]
    [InlineData("a\"b", @"'a\""b'")]
    [InlineData(@"a\b", @"'a\\b'")]
    [InlineData("a\nb\rc\td", @"'a\nb\rc\td'")]
    [InlineData("\u0000\u001b\u007f\u2028\u2029", @"'\u0000\u001b\u007f\u2028\u2029'")]
    [InlineData("//;<| [] 🙂", "'//;<| [] 🙂'")]
    public void A_text_is_escaped_by_the_one_rule(string text, string expected) => Assert.Equal(expected, Kql.String(text));

    [Fact]
    public void Half_a_character_in_a_text_is_escaped() => Assert.Equal(@"'a\ud83d'", Kql.String("a" + '\ud83d'));

    [Fact]
    public void A_secret_text_is_marked_so_that_logs_mask_it() => Assert.Equal(@"h'https://x?sig=\'a\''", Kql.SecretString("https://x?sig='a'"));

    [Fact]
    public void A_text_unescapes_to_itself_whatever_is_in_it()
    {
        var random = new Random(20260101);
        char[] alphabet = ['\'', '"', '\\', '[', ']', '/', ';', '<', '|', '\n', '\r', '\t', '\0', '\u001f', '\u0080', '\u2028', 'n', 'u', '0', ' ', 'é', '表'];
        for (int round = 0; round < 500; round++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            Assert.Equal(text, Unescape(Kql.String(text)));
        }
    }

    public static TheoryData<object?, string> Literals => new()
    {
        { null, "dynamic(null)" },
        { true, "true" },
        { false, "false" },
        { 5, "int(5)" },
        { (short)-5, "int(-5)" },
        { 5L, "long(5)" },
        { long.MinValue, "long(-9223372036854775808)" },
        { ulong.MaxValue, "decimal(18446744073709551615)" },
        { 1.5, "real(1.5)" },
        { 0.1f, "real(0.1)" },
        { double.NaN, "real(nan)" },
        { double.PositiveInfinity, "real(+inf)" },
        { double.NegativeInfinity, "real(-inf)" },
        { 2.00000000000001m, "decimal(2.00000000000001)" },
        { new DateTime(2020, 3, 4, 14, 5, 1, DateTimeKind.Utc).AddTicks(3109965), "datetime(2020-03-04T14:05:01.3109965Z)" },
        { new DateTime(2020, 3, 4, 14, 5, 1, DateTimeKind.Unspecified), "datetime(2020-03-04T14:05:01.0000000Z)" },
        { new DateTimeOffset(2020, 3, 4, 14, 0, 0, TimeSpan.FromHours(2)), "datetime(2020-03-04T12:00:00.0000000Z)" },
        { new DateOnly(2020, 3, 4), "datetime(2020-03-04T00:00:00.0000000Z)" },
        { new TimeSpan(1, 2, 3, 4).Add(TimeSpan.FromTicks(50)), "timespan(1.02:03:04.0000050)" },
        { TimeSpan.FromSeconds(-1), "timespan(-00:00:01)" },
        { Guid.Parse("74be27de-1e4e-49d9-b579-fe0b331d3642"), "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)" },
        { "it's", @"'it\'s'" },
        { new[] { 1, 2 }, "dynamic([1,2])" },
        { new Dictionary<string, object> { ["a"] = "x\"y" }, "dynamic({\"a\":\"x\\\"y\"})" },
    };

    [Theory]
    [MemberData(nameof(Literals), DisableDiscoveryEnumeration = true)]
    public void A_value_becomes_a_literal_of_its_type(object? value, string expected) => Assert.Equal(expected, Kql.Literal(value));

    [Theory]
    [InlineData(null, AdxType.Long, "long(null)")]
    [InlineData(null, AdxType.String, "''")]
    [InlineData("12", AdxType.Long, "long(12)")]
    [InlineData("1234567890123456789012345678901234", AdxType.Decimal, "decimal(1234567890123456789012345678901234)")]
    [InlineData("2020-01-01", AdxType.DateTime, "datetime(2020-01-01T00:00:00.0000000Z)")]
    [InlineData(1, AdxType.Bool, "true")]
    [InlineData(1, AdxType.String, "'1'")]
    [InlineData("x", AdxType.Dynamic, "dynamic(\"x\")")]
    public void A_value_becomes_a_literal_of_the_type_that_is_wanted(object? value, AdxType type, string expected) => Assert.Equal(expected, Kql.Literal(value, type));

    [Theory]
    [InlineData("x", AdxType.Long)]
    [InlineData("1) | evil(", AdxType.Decimal)]
    [InlineData("x", AdxType.DateTime)]
    [InlineData("x", AdxType.Guid)]
    [InlineData(3000000000L, AdxType.Int)]
    public void A_value_that_does_not_fit_its_type_is_refused(object value, AdxType type) =>
        Assert.Equal("AdxInvalidLiteral", Assert.Throws<AdxException>(() => Kql.Literal(value, type)).ErrorId);

    [Fact]
    public void A_principal_is_checked_before_it_is_quoted()
    {
        Assert.Equal(@"'aaduser=o\'brien@fabrikam.com'", Kql.Principal("aaduser=o'brien@fabrikam.com"));
        Assert.Equal("AdxInvalidPrincipal", Assert.Throws<AdxException>(() => Kql.Principal("aaduser=x') //")).ErrorId);
    }

    [Fact]
    public void Every_type_has_a_name_that_reads_back()
    {
        foreach (AdxType type in Enum.GetValues<AdxType>())
            Assert.Equal(type, AdxTypes.Parse(AdxTypes.Name(type)));
        Assert.Equal(AdxType.Bool, AdxTypes.Parse("System.SByte"));
        Assert.Equal(AdxType.Decimal, AdxTypes.Parse("System.Data.SqlTypes.SqlDecimal"));
        Assert.Equal("AdxInvalidType", Assert.Throws<AdxException>(() => AdxTypes.Parse("varchar")).ErrorId);
    }

    /// <summary>Reads a literal back the way KQL's documentation says.</summary>
    private static string Unescape(string literal)
    {
        Assert.True(literal.Length >= 2 && literal[0] == '\'' && literal[^1] == '\'');
        var text = new System.Text.StringBuilder();
        for (int i = 1; i < literal.Length - 1; i++)
        {
            Assert.False(literal[i] is '\'' or '"' || char.IsControl(literal[i]));
            if (literal[i] != '\\')
            {
                text.Append(literal[i]);
                continue;
            }

            i++;
            switch (literal[i])
            {
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'u': text.Append((char)Convert.ToInt32(literal.Substring(i + 1, 4), 16)); i += 4; break;
                default: text.Append(literal[i]); break;
            }
        }

        return text.ToString();
    }
}
