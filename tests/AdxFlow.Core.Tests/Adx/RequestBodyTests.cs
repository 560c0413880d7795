using System.Text.Json;
using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(8 * 1024)]
    [InlineData((8 * 1024) + 1)]
    [InlineData(100_000)]
    public void A_text_of_any_length_arrives_as_it_is_wherever_it_is_cut(int length)
    {
        // Pairs of surrogates begin at even places in one text and at odd ones in the other, so that a cut falls within.
        foreach (string begin in new[] { "", "x" })
        {
            string text = begin + string.Concat(Enumerable.Repeat("😀\"\\\n+é<\u0001", length / 9)) + new string('y', length % 9);
            Assert.Equal(text, Read(text));
        }
    }

    [Fact]
    public void Half_a_character_becomes_the_replacement_in_a_long_text_as_in_a_short_one()
    {
        string filling = new('a', 8 * 1024);
        Assert.Equal("b\ufffdc", Read("b\ud800c"));
        Assert.Equal(filling[1..] + "\ufffdc" + filling, Read(filling[1..] + "\ud800c" + filling));
        Assert.Equal(filling + filling + "\ufffd", Read(filling + filling + "\ud800"));
    }

    private static string? Read(string text)
    {
        using JsonDocument body = JsonDocument.Parse(new RequestBody("D", text, "id").Write([]));
        Assert.Equal("D", body.RootElement.GetProperty("db").GetString());
        return body.RootElement.GetProperty("csl").GetString();
    }
}
