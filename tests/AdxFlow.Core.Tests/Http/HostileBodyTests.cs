using AdxFlow.Core.Tests.Ingestion;
using AdxFlow.Flow;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Http;

/// <summary>Bodies of failed answers that anybody on the way may have written: reading them ends, and shows a few thousand characters at most.</summary>
public sealed class HostileBodyTests
{
    private const int Size = 4_000_000;

    public static TheoryData<string> Patterns => ["<title>", "<title ", "<titles>", "<Code", "<", "<title> ", "a.", "-eyJaaaaaaaa", "A", "Bearer ", "https://", "&sig="];

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task Reading_ends_whatever_is_repeated(string pattern)
    {
        string repeated = string.Concat(Enumerable.Repeat(pattern, Size / pattern.Length));
        string[] bodies = [repeated, "<" + repeated, "<title>" + repeated, "<title>" + new string(' ', Size) + repeated, $"{{\"error\":{{\"message\":\"{repeated}\",\"type\":\"{repeated}\"}}}}"];
        await Task.Run(
            () =>
            {
                foreach (string body in bodies)
                {
                    Assert.InRange(ErrorBody.Parse(body).Message?.Length ?? 0, 0, 4100);
                    Assert.InRange(FlowErrorBody.Parse(body).Message?.Length ?? 0, 0, 4100);
                }
            },
            TestContext.Current.CancellationToken).EndsAsync();
    }

    [Theory]
    [InlineData("<html><head><title lang='en'> 502\n <b>Bad</b> Gateway </title></head></html>", "502\n  Bad  Gateway")]
    [InlineData("<titles>no</titles><TITLE>A &amp; B</TITLE>", "A & B")]
    [InlineData("<title></title>", null)]
    [InlineData("<title>open", null)]
    [InlineData("<title", null)]
    [InlineData("<h1>x</h1>", null)]
    public void An_element_is_read_as_text(string markup, string? expected) => Assert.Equal(expected, Markup.Text(markup, "title"));

    [Fact]
    public void A_long_text_is_cut_after_its_secrets_were_taken_out()
    {
        string text = new string('x', 95) + " sig=" + new string('s', 100_000);
        Assert.Equal(new string('x', 95) + " sig=" + " …", Redaction.Brief(text, 100));
        Assert.Equal("short", Redaction.Brief("short", 100));
        Assert.Equal("sho …", Redaction.Brief("short", 3));
    }
}
