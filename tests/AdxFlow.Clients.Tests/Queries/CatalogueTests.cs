using AdxFlow.Local.Kql;

namespace AdxFlow.Clients.Tests.Queries;

/// <summary>Whatever the official parser knows by name, the stand-in has, or refuses as something it lacks: never as unknown.</summary>
public sealed class CatalogueTests(KqlParser parser)
{
    [Theory]
    [InlineData("functions", "T | project x = {0}()")]
    [InlineData("aggregates", "T | summarize x = {0}()")]
    [InlineData("operators", "T | {0}")]
    [InlineData("plugins", "T | evaluate {0}()")]
    public async Task Every_name_of_the_language_is_known(string kind, string query)
    {
        string[] names = (await parser.GetCatalogueAsync())[kind];
        Assert.True(names.Length > 20);
        Assert.DoesNotContain(names, name => IsTakenForUnknown(query.Replace("{0}", name, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unknown_name_is_another_error()
    {
        Assert.True(IsTakenForUnknown("T | project x = nosuch()"));
        Assert.True(IsTakenForUnknown("T | nosuch"));
    }

    private static bool IsTakenForUnknown(string query) => StandIn.Refusal(query) is { } refusal
        && (refusal.Code is "SEM0260" or "SEM0100" || (refusal.Kind == KqlErrorKind.Syntax && refusal.Message.Contains("no such operator", StringComparison.Ordinal)));
}
