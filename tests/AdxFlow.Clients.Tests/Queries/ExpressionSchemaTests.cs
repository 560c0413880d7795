using AdxFlow.Local.Kql;
using AdxFlow.Local.Kql.Functions;

namespace AdxFlow.Clients.Tests.Queries;

/// <summary>
/// Every function, aggregate and operator of the stand-in, with arguments of all types: what the engine takes, the official
/// parser takes as well, and both give the columns of the result the same names and types. What the parser takes and the
/// engine does not, it refuses as something it lacks, and not as an error.
/// </summary>
public sealed class ExpressionSchemaTests(KqlParser parser)
{
    private const int CallsInOneQuery = 60;

    // The service has this error for values that the parser compares.
    private const string Incomparable = "SEM0064";

    private static readonly string[] Values = ["i", "l", "r", "dec", "b", "dt", "ts", "g", "s", "d"];

    private static readonly string[] Constants = ["1", "'day'"];

    private static readonly string[] Operators =
    [
        "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "and", "or", "has", "!has", "has_cs", "contains", "!contains",
        "contains_cs", "startswith", "!startswith_cs", "endswith", "hasprefix", "hassuffix", "!hasprefix", "matches regex",
    ];

    public static TheoryData<string> Functions => [.. ScalarFunctions.Names.Order()];

    public static TheoryData<string> BinaryOperators => [.. Operators];

    public static TheoryData<string> Aggregates =>
    [
        "any", "arg_max", "arg_min", "avg", "avgif", "binary_all_and", "binary_all_or", "binary_all_xor", "count", "count_distinct", "count_distinctif", "countif", "dcount", "dcountif", "make_bag", "make_bag_if", "make_list",
        "make_list_if", "make_list_with_nulls", "make_set", "make_set_if", "max", "maxif", "min", "minif", "percentile", "percentiles", "stdev", "stdevif", "stdevp", "sum",
        "sumif", "take_any", "take_anyif", "variance", "varianceif", "variancep", "variancepif",
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public Task Functions_agree(string function) => AgreeAsync("T | project ", Arguments().Select(a => $"{function}({a})"));

    [Theory]
    [MemberData(nameof(BinaryOperators))]
    public Task Operators_agree(string symbol) => AgreeAsync("T | project ",
        from left in Values
        from right in Values
        select $"{left} {symbol} {right}");

    [Theory]
    [MemberData(nameof(Aggregates))]
    public Task Aggregates_agree(string aggregate) => AgreeAsync("T | summarize ", Arguments().Select(a => $"{aggregate}({a})"));

    [Theory]
    [InlineData("in")]
    [InlineData("!in")]
    [InlineData("in~")]
    [InlineData("has_any")]
    [InlineData("has_all")]
    public Task Lists_agree(string symbol) => AgreeAsync("T | project ",
        from left in Values
        from right in Values.Concat(["1, 2", "'a', 'b'", "dynamic(['a'])", "T2", "U | project s"])
        select $"{left} {symbol} ({right})");

    [Theory]
    [InlineData("between")]
    [InlineData("!between")]
    public Task Ranges_agree(string symbol) => AgreeAsync("T | project ",
        from value in Values
        from low in Values
        from high in (string[])["i", "dec", "ts", "s", "d", low]
        select $"{value} {symbol} ({low} .. {high})");

    // None, one and two of all types, three and four of a few, and the parts and patterns that some want as text.
    private static IEnumerable<string> Arguments()
    {
        string[] all = [.. Values, .. Constants];
        yield return "";
        foreach (string first in all)
            yield return first;
        foreach (string first in all)
        {
            foreach (string second in all)
                yield return $"{first}, {second}";
        }

        string[] few = ["l", "b", "s"];
        foreach (string first in few)
        {
            foreach (string second in few)
            {
                foreach (string third in few)
                    yield return $"{first}, {second}, {third}";
            }
        }

        yield return "b, 'x', b, 'y', 'z'";
        yield return "b, 1, b, 2.5, l";
        yield return "'(a)', 1, s, typeof(long)";
        yield return "2024, 1, 2, 3, 4, 5";
        yield return "'day', 1, dt";
        yield return "'day', dt, dt";
        yield return "s, 'a', 'b'";
        yield return "'a', i, 'b', s";
        yield return "s, l, d, r";
        yield return "d, 1, 2";
        yield return "d, s, 1";
        yield return "d, d, d";
        yield return "s, d, d";
        yield return "'(a)', s";
        yield return "'(a)', d, s";
        yield return "'$.a', s";
        yield return "'$.a', s, typeof(long)";
        yield return "s, 'a', 'regex'";
        yield return "d, true";
        yield return "d, 'a', 1";
        yield return "l, 5, 1";
        yield return "dt, 1d, datetime(2024-01-01)";
        yield return "i, l, 1, 2";
        yield return "ts, 'dd'";
    }

    private async Task AgreeAsync(string prefix, IEnumerable<string> expressions)
    {
        var problems = new List<string>();
        var taken = new List<string>();
        foreach (string[] part in expressions.Chunk(CallsInOneQuery))
        {
            ParsedText parsed = await parser.AnalyzeAsync(prefix + string.Join(", ", part), StandIn.Tables);
            Assert.DoesNotContain(parsed.Faults, f => f.StartsWith("The parser failed", StringComparison.Ordinal));
            int start = prefix.Length;
            foreach (string expression in part)
            {
                int end = start + expression.Length;
                int fault = parsed.Places.ToList().FindIndex(place => place >= start && place <= end);
                KqlException? refusal = StandIn.Refusal(prefix + expression);
                if (fault < 0 && refusal is null)
                    taken.Add(expression);
                else if (fault < 0 && refusal is { Kind: not KqlErrorKind.NotSupported, Code: not Incomparable })
                    problems.Add($"{expression}: the stand-in calls it wrong: {refusal.Message}");
                else if (fault >= 0 && refusal is null)
                    problems.Add($"{expression}: only the stand-in takes it: {parsed.Faults[fault]}");
                start = end + 2;
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.NotEmpty(taken);
        foreach (string[] part in taken.Chunk(CallsInOneQuery))
        {
            string query = prefix + string.Join(", ", part);
            ParsedText parsed = await parser.AnalyzeAsync(query, StandIn.Tables);
            Assert.Empty(parsed.Faults);
            Assert.NotNull(parsed.Columns);
            string[] expected = parsed.Columns.Split(", ");
            string[] actual = StandIn.Columns(query).Split(", ");
            Assert.Equal(Describe(part, expected), Describe(part, actual));
        }
    }

    private static IEnumerable<string> Describe(string[] expressions, string[] columns) =>
        columns.Select((column, i) => columns.Length == expressions.Length ? $"{expressions[i]} is {column}" : column);
}
