using System.Reflection;
using System.Text.RegularExpressions;
using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow;

/// <summary>Holds all that Core can send to Adobe against what Adobe publishes. A new operation without an entry here fails.</summary>
public sealed partial class FlowContractTests
{
    /// <summary>What is sent and is not in the OpenAPI descriptions, each with the page that has it. Without a query name, the operation itself is meant.</summary>
    private static readonly Dictionary<(string Operation, string Query), string> Unpublished = new()
    {
        [("POST /ims/token/v3", "")] = "The identity service has no OpenAPI description; developer.adobe.com, guides/authentication/ServerToServerAuthentication/ims.",
        [("PATCH /data/foundation/flowservice/connections/{id}", "")] = "Published with a slash behind the id, which the guide does not have: sources/api-tutorials/update.",
        [("DELETE /data/foundation/flowservice/connections/{id}", "")] = "Likewise: sources/api-tutorials/delete.",
        [("POST /data/foundation/flowservice/connections", "mode")] = "Drafts: sources/api-tutorials/draft.",
        [("POST /data/foundation/flowservice/sourceConnections", "mode")] = "Drafts: sources/api-tutorials/draft.",
        [("POST /data/foundation/flowservice/targetConnections", "mode")] = "Drafts: sources/api-tutorials/draft.",
        [("POST /data/foundation/flowservice/flows", "mode")] = "Drafts: sources/api-tutorials/draft.",
        [("GET /data/foundation/sandbox-management/", "limit")] = "Pages: sandbox/api/appendix.",
        [("GET /data/foundation/sandbox-management/", "offset")] = "Likewise.",
        [("GET /data/foundation/flowservice/connections/{id}/explore", "preview")] = "Rows of a table: sources/api-tutorials/explore/tabular.",
    };

    public static TheoryData<string> Declared => [.. Operations().Select(static operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Declared))]
    public void An_operation_of_Core_is_published_or_explained(string name)
    {
        FlowOperation operation = Operations().Single(declared => declared.Name == name).Operation;
        PublishedOperation? published = PublishedOperations.Find(operation);
        string text = Text(operation);
        Assert.True(published is not null || Unpublished.ContainsKey((text, "")), $"{name}: {text} is not published.");
        Assert.All(operation.Query, query => Assert.True(
            published?.Query.Contains(query) == true || Unpublished.ContainsKey((text, query)), $"{name}: {text} takes no '{query}'."));
    }

    [Fact]
    public void What_is_explained_is_not_published()
    {
        FlowOperation[] all = [.. Operations().Select(static declared => declared.Operation)];
        foreach ((string operation, string query) in Unpublished.Keys)
        {
            foreach (FlowOperation declared in all.Where(declared => Text(declared) == operation))
                Assert.False(PublishedOperations.Find(declared) is { } published && (query.Length == 0 || published.Query.Contains(query)), $"{operation} {query} is published.");
        }
    }

    [Fact]
    public void The_list_is_whole()
    {
        Assert.Equal(45, PublishedOperations.All.Count(static published => published.Path.StartsWith(FlowServices.FlowService, StringComparison.Ordinal)));
        Assert.True(Operations().Count() > 10);
    }

    [Fact]
    public void Every_operation_is_a_field_that_these_tests_find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "AdxFlow.PowerShell.sln")))
                continue;
            string[] lines = [.. Directory.EnumerateFiles(Path.Combine(folder.FullName, "src", "AdxFlow.Core"), "*.cs", SearchOption.AllDirectories)
                .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .SelectMany(File.ReadLines).Where(static line => Making().IsMatch(line))];
            Assert.NotEmpty(lines);
            Assert.All(lines, static line => Assert.Contains(" static readonly FlowOperation ", line, StringComparison.Ordinal));
            return;
        }
        Assert.Skip("The sources are not beside the tests.");
    }

    private static string Text(FlowOperation operation) => $"{operation.Method} {operation.Service}{operation.Path}";

    private static IEnumerable<(string Name, FlowOperation Operation)> Operations() =>
        from type in typeof(FlowOperation).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.FieldType == typeof(FlowOperation)
        select ($"{type.Name}.{field.Name}", (FlowOperation)field.GetValue(null)!);

    [GeneratedRegex(@"new FlowOperation\(|FlowOperation \w+ = new\(", RegexOptions.CultureInvariant)]
    private static partial Regex Making();
}
