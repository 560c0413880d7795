using AdxFlow.Adx;

namespace AdxFlow.Clients.Tests;

/// <summary>What the core writes as names and literals is what Microsoft's parser reads.</summary>
public sealed class LiteralTests(KqlParser parser)
{
    // So many in one query: a text costs the parser a tenth of a second whatever is in it.
    private const int Batch = 50;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_text_arrives_as_it_was_given(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 20; round++)
        {
            string[] texts = [.. Enumerable.Range(0, Batch).Select(_ => OddTexts.Text(random))];
            ParsedText parsed = await parser.ParseAsync("print " + string.Join(", ", texts.Select(Kql.String)));
            Assert.Empty(parsed.Faults);
            Assert.Equal(texts, parsed.Texts);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_name_arrives_as_it_was_given(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 10; round++)
        {
            string[] names = [.. Enumerable.Range(0, Batch).Select(_ => OddTexts.Name(random)).Distinct()];
            ParsedText parsed = await parser.ParseAsync("print " + string.Join(", ", names.Select(static name => Kql.Name(name) + "=1")));
            Assert.Empty(parsed.Faults);
            Assert.Equal(names, parsed.Texts);
        }
    }

    [Fact]
    public async Task Every_character_of_the_basic_plane_arrives()
    {
        // By itself, so that halves of characters stay halves.
        string[] texts = [.. Enumerable.Range(0, 0x10000).Chunk(512).SelectMany(static codes => codes.Any(static code => char.IsSurrogate((char)code))
            ? codes.Where(static code => code % 64 == 0).Select(static code => ((char)code).ToString())
            : [new string([.. codes.Select(static code => (char)code)])])];
        foreach (string[] some in texts.Chunk(Batch))
        {
            ParsedText parsed = await parser.ParseAsync("print " + string.Join(", ", some.Select(Kql.String)));
            Assert.Empty(parsed.Faults);
            Assert.Equal(some, parsed.Texts);
        }
    }

    [Fact]
    public async Task A_secret_is_a_text_as_well()
    {
        ParsedText parsed = await parser.ParseAsync("print " + Kql.SecretString("https://x/y?sig='a\\b\"'"));
        Assert.Empty(parsed.Faults);
        Assert.Equal(["https://x/y?sig='a\\b\"'"], parsed.Texts);
    }

    public static TheoryData<AdxType, object, string> Values => new()
    {
        { AdxType.Bool, true, "BooleanLiteral true" },
        { AdxType.Bool, false, "BooleanLiteral false" },
        { AdxType.Int, int.MinValue, "IntLiteral -2147483648" },
        { AdxType.Int, int.MaxValue, "IntLiteral 2147483647" },
        { AdxType.Long, long.MinValue, "LongLiteral -9223372036854775808" },
        { AdxType.Long, long.MaxValue, "LongLiteral 9223372036854775807" },
        { AdxType.Real, -1.5e-300, "RealLiteral -1.5E-300" },
        { AdxType.Real, double.MaxValue, "RealLiteral 1.7976931348623157E+308" },
        { AdxType.Real, double.NaN, "RealLiteral nan" },
        { AdxType.Real, double.PositiveInfinity, "RealLiteral +inf" },
        { AdxType.Real, double.NegativeInfinity, "RealLiteral -inf" },
        { AdxType.Decimal, decimal.MinValue, "DecimalLiteral -79228162514264337593543950335" },
        { AdxType.Decimal, "1234567890123456789012345678901234", "DecimalLiteral 1234567890123456789012345678901234" },
        { AdxType.DateTime, DateTime.MinValue, "DateTimeLiteral 0001-01-01T00:00:00.0000000Z" },
        { AdxType.DateTime, DateTime.MaxValue, "DateTimeLiteral 9999-12-31T23:59:59.9999999Z" },
        { AdxType.TimeSpan, TimeSpan.MinValue, "TimespanLiteral -10675199.02:48:05.4775808" },
        { AdxType.TimeSpan, TimeSpan.FromTicks(1), "TimespanLiteral 00:00:00.0000001" },
        { AdxType.Guid, Guid.Empty, "GuidLiteral 00000000-0000-0000-0000-000000000000" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_a_literal_of_its_type(AdxType type, object value, string expected)
    {
        string literal = Kql.Literal(value, type);
        ParsedText parsed = await parser.ParseAsync($"declare query_parameters({Kql.Name("p")}:{AdxTypes.Name(type)} = {literal}); print {literal}, {Kql.Name("p")}", "p");
        Assert.Empty(parsed.Faults);
        Assert.Equal([expected, expected], parsed.Literals);
    }

    [Theory]
    [InlineData(AdxType.Bool)]
    [InlineData(AdxType.Int)]
    [InlineData(AdxType.Long)]
    [InlineData(AdxType.Real)]
    [InlineData(AdxType.Decimal)]
    [InlineData(AdxType.DateTime)]
    [InlineData(AdxType.TimeSpan)]
    [InlineData(AdxType.Guid)]
    [InlineData(AdxType.String)]
    [InlineData(AdxType.Dynamic)]
    public async Task Null_is_a_literal_of_every_type(AdxType type)
    {
        string literal = Kql.Literal(null, type);
        ParsedText parsed = await parser.ParseAsync($"declare query_parameters(p:{AdxTypes.Name(type)} = {literal}); print p, {literal}");
        Assert.Empty(parsed.Faults);
    }

    [Fact]
    public async Task A_dynamic_value_is_JSON_of_any_depth_with_any_text_in_it()
    {
        var random = new Random(6);
        for (int round = 0; round < 20; round++)
        {
            // Half a character has no place in JSON.
            string[] texts = [.. Enumerable.Range(0, 10).Select(_ => OddTexts.Name(random))];
            var value = new Dictionary<string, object?> { ["list"] = texts, ["nested"] = new Dictionary<string, object?> { [texts[0]] = new object?[] { null, true, -1, 1.5, texts[1] } } };
            ParsedText parsed = await parser.ParseAsync($"declare query_parameters(p:dynamic = {Kql.Literal(value)}); print p");
            Assert.True(parsed.Faults.Count == 0, $"{Kql.Literal(value)}\n{string.Join('\n', parsed.Faults)}");
            Assert.All(texts, text => Assert.Contains(text, parsed.Texts));
        }
    }
}
