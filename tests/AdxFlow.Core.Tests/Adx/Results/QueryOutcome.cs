namespace AdxFlow.Core.Tests.Adx;

/// <summary>What came of a query: the tables with their rows, and the error after them.</summary>
internal sealed class QueryOutcome
{
    public List<(string Name, IReadOnlyList<AdxResultColumn> Columns, List<object?[]> Rows)> Tables { get; } = [];

    public IReadOnlyList<string> Warnings { get; set; } = [];

    public AdxException? Error { get; set; }

    public List<object?[]> Rows => Assert.Single(Tables).Rows;
}
