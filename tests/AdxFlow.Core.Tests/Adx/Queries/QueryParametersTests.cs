using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class QueryParametersTests
{
    [Theory]
    [InlineData("T | count", null)]
    [InlineData("declare query_parameters(n:long);T", "n:Long")]
    [InlineData("declare query_parameters ( n : long = 90 , d:dynamic,s:string='a,)b');\nT", "n:Long d:Dynamic s:String")]
    [InlineData("declare query_parameters(t:datetime=datetime(2020-01-01), x:double);", "t:DateTime x:Real")]
    [InlineData("// declare query_parameters(a:long);\nlet x = 1;\ndeclare query_parameters(b:guid); T", "b:Guid")]
    [InlineData("T | where s == 'declare query_parameters(a:long)'", null)]
    [InlineData("T | where s == @'it''s declare query_parameters(a:long)'", null)]
    [InlineData("T | where s == ```declare query_parameters(a:long)```", null)]
    [InlineData("T | where s == 'a\\'declare query_parameters(a:long)'", null)]
    [InlineData("declare query_parameters(a:long); declare query_parameters(b:bool);", "a:Long b:Bool")]
    [InlineData("declare query_parameters(a:newtype);", "a:")]
    [InlineData("declare query_parameters(a", "")]
    [InlineData("declare query_parameters(", "")]
    [InlineData("declare pattern p;", null)]
    public void The_declaration_is_read_past_comments_and_literals(string query, string? expected)
    {
        Dictionary<string, AdxType?>? declared = QueryParameterDeclaration.Read(query);
        Assert.Equal(expected, declared is null ? null : string.Join(' ', declared.Select(one => $"{one.Key}:{one.Value}")));
    }

    [Theory]
    [InlineData("long", "5", "long(5)")]
    [InlineData("int", 5L, "int(5)")]
    [InlineData("real", 5, "real(5)")]
    [InlineData("decimal", "0.1234567890123456789012345678901234", "decimal(0.1234567890123456789012345678901234)")]
    [InlineData("datetime", "2020-01-01", "datetime(2020-01-01T00:00:00.0000000Z)")]
    [InlineData("timespan", "1h", "timespan(1h)")]
    [InlineData("timespan", "1.5d", "timespan(1.5d)")]
    [InlineData("timespan", "01:00:00", "timespan(01:00:00)")]
    [InlineData("bool", "true", "true")]
    [InlineData("guid", "74be27de1e4e49d9b579fe0b331d3642", "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)")]
    [InlineData("string", 5, "'5'")]
    [InlineData("string", null, "''")]
    [InlineData("long", null, "long(null)")]
    [InlineData("dynamic", "x", "dynamic(\"x\")")]
    public void A_value_is_a_literal_of_the_declared_type(string type, object? value, string literal)
    {
        var bound = QueryParameters.Bind($"declare query_parameters(p:{type}); T", new Dictionary<string, object?> { ["p"] = value });
        Assert.Equal(literal, bound.Literals["p"]);
        Assert.StartsWith("declare query_parameters(p:", bound.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("long", "1) | evil(")]
    [InlineData("timespan", "1h) | evil(")]
    [InlineData("timespan", "1h\n")]
    [InlineData("datetime", "now()")]
    [InlineData("guid", "x")]
    [InlineData("bool", "maybe")]
    public void A_value_that_does_not_fit_is_refused_by_the_name_of_its_parameter(string type, string value)
    {
        AdxException error = Assert.Throws<AdxException>(() => QueryParameters.Bind($"declare query_parameters(p:{type}); T", new Dictionary<string, object?> { ["p"] = value }));
        Assert.Equal("AdxInvalidLiteral", error.ErrorId);
        Assert.Contains("parameter 'p'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_without_a_declaration_gets_one_by_the_types_of_the_values()
    {
        var values = new Dictionary<string, object?>
        {
            ["n"] = 5, ["big"] = ulong.MaxValue, ["r"] = 1.5, ["m"] = 1.5m, ["b"] = true, ["t"] = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            ["s"] = TimeSpan.FromHours(1), ["g"] = Guid.Empty, ["x"] = "it's", ["d"] = new[] { 1, 2 },
        };
        var bound = QueryParameters.Bind("T", values);
        Assert.Equal("declare query_parameters(n:long, big:decimal, r:real, m:decimal, b:bool, t:datetime, s:timespan, g:guid, x:string, d:dynamic);\nT", bound.Query);
        Assert.Equal("long(5)", bound.Literals["n"]);
        Assert.Equal(@"'it\'s'", bound.Literals["x"]);
        Assert.Equal("dynamic([1,2])", bound.Literals["d"]);
    }

    [Fact]
    public void A_parameter_that_is_not_declared_is_named_with_those_that_are()
    {
        AdxException error = Assert.Throws<AdxException>(() => QueryParameters.Bind("declare query_parameters(a:long, b:long); T", new Dictionary<string, object?> { ["c"] = 1 }));
        Assert.Equal("AdxParameterNotDeclared", error.ErrorId);
        Assert.Contains("'c'", error.Message, StringComparison.Ordinal);
        Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_case_of_a_name_is_the_declaration_s() =>
        Assert.Equal("long(1)", QueryParameters.Bind("declare query_parameters(Since:long); T", new Dictionary<string, object?> { ["since"] = 1 }).Literals["Since"]);

    [Theory]
    [InlineData("a b", 1, "AdxInvalidName")]
    [InlineData("1a", 1, "AdxInvalidName")]
    [InlineData("a:long); .drop table T //", 1, "AdxInvalidName")]
    [InlineData("a", null, "AdxParameterNotDeclared")]
    public void What_cannot_be_declared_is_refused(string name, object? value, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<AdxException>(() => QueryParameters.Bind("T", new Dictionary<string, object?> { [name] = value })).ErrorId);

    [Theory]
    [InlineData(".show tables", true, true)]
    [InlineData("  \n.SHOW tables", true, true)]
    [InlineData("// a\r\n// b\n.show tables", true, true)]
    [InlineData(".show", true, true)]
    [InlineData(".shower", true, false)]
    [InlineData("// .show\n.drop table T", true, false)]
    [InlineData("T | where a == '.show'", false, false)]
    [InlineData("// only words", false, false)]
    [InlineData("", false, false)]
    public void A_command_is_told_by_its_dot(string text, bool isCommand, bool onlyShows)
    {
        Assert.Equal(isCommand, QueryText.IsCommand(text));
        Assert.Equal(onlyShows, QueryText.OnlyShows(text));
    }
}
