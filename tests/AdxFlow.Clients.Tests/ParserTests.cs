namespace AdxFlow.Clients.Tests;

/// <summary>What is wrong with a command is told, so that the other tests can fail. None of these but the name is a diagnostic.</summary>
public sealed class ParserTests(KqlParser parser)
{
    [Theory]
    [InlineData(".drop table ['it''s']", "KS204")]
    [InlineData(".drop table ['it''s']", "CompoundStringLiteralExpression")]
    [InlineData(".drop table ['T'] ; .drop table ['T']", "SkippedTokens .drop table ['T']")]
    [InlineData(".add table ['T'] ingestors ('aaduser=ada@contoso.com') 'note' skip-results", "SkippedTokens skip-results")]
    [InlineData(".create table ['T'] ingestion csv mapping 'm' '[' ']'", "SkippedTokens ']'")]
    [InlineData(".get ingestion resources", "UnknownCommand .get ingestion resources")]
    [InlineData("['T'] | tkae 1", "KS")]
    public async Task A_command_that_is_none_has_faults(string text, string fault)
    {
        ParsedText parsed = await parser.ParseAsync(text, "T", "it's");
        Assert.Contains(parsed.Faults, found => found.StartsWith(fault, StringComparison.Ordinal));
    }
}
