using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData(".show tables", ".show tables")]
    [InlineData(".ingest into table T (h'https://a.blob.core.windows.net/c/b;k3y') with (format='csv')", ".ingest into table T (h'***') with (format='csv')")]
    [InlineData("(h\"k3y\\\"k3y\", H@'k3y\\', h@\"k3y\", h'')", "(h'***', H'***', h'***', h'***')")]
    [InlineData("h```k3y\nk3y``` | take 1", "h'***' | take 1")]
    [InlineData("// h'a'\nprint h, h = 'b', ch'c', h 'd', 'h' 'e'", "// h'a'\nprint h, h = 'b', ch'c', h 'd', 'h' 'e'")]
    [InlineData("print h'k3y", "print h'***'")]
    [InlineData("print h", "print h")]
    [InlineData("(@'https://a/b?sv=1&sig=k3y')", "(@'https://a/b?sv=1&sig=REDACTED')")]
    public void What_is_to_be_hidden_is_not_shown(string text, string shown) => Assert.Equal(shown, QueryText.Shown(text));
}
