using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Tests.Kql;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("T | where", 1, 10)]
    [InlineData("", 1, 1)]
    [InlineData(";", 1, 1)]
    [InlineData("| where i", 1, 1)]
    [InlineData("T | foo i", 1, 5)]
    [InlineData("T || where i", 1, 4)]
    [InlineData("T |  where (i == 1", 1, 19)]
    [InlineData("T\n| where i ==== 1", 2, 13)]
    [InlineData("T | project i l", 1, 15)]
    [InlineData("T | project i, , l", 1, 16)]
    [InlineData("T | project a=b=c", 1, 16)]
    [InlineData("T | where i = 1", 1, 13)]
    [InlineData("T | where s == \"abc", 1, 16)]
    [InlineData("print 'a\\qb'", 1, 7)]
    [InlineData("T where i", 1, 3)]
    [InlineData("T | take", 1, 9)]
    [InlineData("T | summarize count() by", 1, 25)]
    [InlineData("T | order i", 1, 11)]
    [InlineData("T | top 5 l", 1, 11)]
    [InlineData("T | take 5 | | count", 1, 14)]
    [InlineData("T | order by i asc nulls", 1, 25)]
    [InlineData(".show tables", 1, 1)]
    [InlineData("print 1.5abc", 1, 7)]
    [InlineData("print 99999999999999999999", 1, 7)]
    [InlineData("print datetime(2020-02-30)", 1, 7)]
    [InlineData("print dynamic({'a':)", 1, 20)]
    [InlineData("let x = 1;", 1, 11)]
    [InlineData("print `", 1, 7)]
    [InlineData("T | join kind=sideways U on i", 1, 15)]
    [InlineData("T | join U", 1, 11)]
    [InlineData("T | union kind=left U", 1, 16)]
    [InlineData("T | mv-expand kind=x d", 1, 20)]
    [InlineData("let f = (x:long) { x ; print 1", 1, 24)]
    [InlineData("print $", 1, 7)]
    public void Malformed_text_is_a_syntax_error_where_it_goes_wrong(string query, int line, int column)
    {
        KqlException error = Fail(query);
        Assert.Equal(KqlErrorKind.Syntax, error.Kind);
        Assert.Equal("SYN0002", error.Code);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains($"on line [{line},{column}]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T | where x == 1", "SEM0100", 1, 11, "SEM0100: 'where' operator: Failed to resolve column or scalar expression named 'x' [line:position=1:11]")]
    [InlineData("T\n| project a = nosuch", "SEM0100", 2, 15, "'nosuch'")]
    [InlineData("print 1abc", "SEM0100", 1, 7, "'1abc'")]
    [InlineData("NoTable | count", "SEM0100", 1, 1, "'NoTable'")]
    [InlineData("print toscalar(nosuch)", "SEM0100", 1, 16, "'nosuch'")]
    [InlineData("t | count", "SEM0100", 1, 1, "'t'")]
    [InlineData("T | sort by count_", "SEM0100", 1, 13, "'count_'")]
    [InlineData("T | project-away zzz", "SEM0100", 1, 18, "'zzz'")]
    [InlineData("T | where foo(i)", "SEM0260", 1, 11, "Unknown function: 'foo'")]
    [InlineData("T | where s == 1", "SEM0064", 1, 13, "Cannot compare values of types string and long")]
    [InlineData("T | where dt == 'x'", "SEM0064", 1, 14, "datetime and string")]
    [InlineData("T | where i > 'a'", "BadRequest_SemanticError", 1, 13, "'>'")]
    [InlineData("T | where s < s", "BadRequest_SemanticError", 1, 13, "'<'")]
    [InlineData("T | where i has 'a'", "BadRequest_SemanticError", 1, 13, "'has'")]
    [InlineData("T | where i", "BadRequest_SemanticError", 1, 11, "bool")]
    [InlineData("T | where sum(i) > 1", "BadRequest_SemanticError", 1, 11, "'sum' is not allowed")]
    [InlineData("T | summarize s", "BadRequest_SemanticError", 1, 15, "'s' is not an aggregate")]
    [InlineData("T | summarize sum(s)", "BadRequest_SemanticError", 1, 15, "summable")]
    [InlineData("T | summarize max(d)", "BadRequest_SemanticError", 1, 15, "orderable")]
    [InlineData("T | summarize count() by d", "BadRequest_SemanticError", 1, 26, "dynamic")]
    [InlineData("T | distinct *", "BadRequest_SemanticError", 1, 5, "dynamic")]
    [InlineData("T | project i, i", "BadRequest_SemanticError", 1, 16, "'i' is already declared")]
    [InlineData("T | extend a = 1, a = 2", "BadRequest_SemanticError", 1, 19, "'a' is already declared")]
    [InlineData("T | project-rename i = l", "BadRequest_SemanticError", 1, 20, "'i' is already declared")]
    [InlineData("T | project s + 'a'", "BadRequest_SemanticError", 1, 15, "'+'")]
    [InlineData("T | project -s", "BadRequest_SemanticError", 1, 13, "'-'")]
    [InlineData("T | project s.x", "BadRequest_SemanticError", 1, 13, "no members")]
    [InlineData("T | project strlen(s, s)", "BadRequest_SemanticError", 1, 13, "strlen()")]
    [InlineData("T | project bin(dt, 1)", "BadRequest_SemanticError", 1, 13, "bin()")]
    [InlineData("T | take 1.5", "BadRequest_SemanticError", 1, 10, "integer")]
    [InlineData("datatable(a:long)['x']", "BadRequest_SemanticError", 1, 19, "long")]
    [InlineData("T | join U on nosuch", "SEM0100", 1, 15, "'nosuch'")]
    [InlineData("T | join T2 on i", "BadRequest_SemanticError", 1, 16, "of type int")]
    [InlineData("T | join U on $right.i == $left.i", "BadRequest_SemanticError", 1, 15, "$left expected")]
    [InlineData("union T, NoTable", "SEM0100", 1, 10, "'NoTable'")]
    [InlineData("union isfuzzy=true NoTable", "SEM0100", 1, 20, "")]
    [InlineData("union Z*", "SEM0100", 1, 7, "'Z*'")]
    [InlineData("T | mv-expand i", "BadRequest_SemanticError", 1, 15, "dynamic")]
    [InlineData("T | mv-expand d, d", "BadRequest_SemanticError", 1, 18, "'d' is already declared")]
    [InlineData("T | parse s with x * 'a'", "BadRequest_SemanticError", 1, 20, "ambiguous")]
    [InlineData("T | parse s with x y", "BadRequest_SemanticError", 1, 20, "must follow a text")]
    [InlineData("let x = 1; let x = 2; print x", "BadRequest_SemanticError", 1, 12, "'x' has already been declared")]
    [InlineData("let f = (x:long) { f(x) }; print f(1)", "SEM0260", 1, 20, "'f'")]
    [InlineData("let f = (x:long) { x + y }; let y = 1; print f(1)", "SEM0100", 1, 24, "'y'")]
    [InlineData("let f = (x:long) { x }; print f()", "BadRequest_SemanticError", 1, 31, "'x' is missing")]
    [InlineData("let f = (x:long) { x }; print f(1, 2)", "BadRequest_SemanticError", 1, 31, "1 argument(s)")]
    [InlineData("let f = () { T }; print f()", "BadRequest_SemanticError", 1, 25, "gives a table")]
    [InlineData("let f = () { 1 }; f", "BadRequest_SemanticError", 1, 19, "gives a scalar")]
    [InlineData("print (T | count)", "BadRequest_SemanticError", 1, 8, "toscalar")]
    [InlineData("NoFunction(1) | count", "SEM0260", 1, 1, "'NoFunction'")]
    [InlineData("declare query_parameters(p:long); T | where l == p", "BadRequest_SemanticError", 1, 26, "'p'")]
    public void Unknown_names_and_wrong_types_are_semantic_errors(string query, string code, int line, int column, string text)
    {
        KqlException error = Fail(query);
        Assert.Equal(KqlErrorKind.Semantic, error.Kind);
        Assert.Equal(code, error.Code);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"[line:position={line}:{column}]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T\n| top-nested 1 of i by sum(l)", 2, 3, "The local stand-in has no operator 'top-nested' (line 2, col 3). It may be valid KQL: run it against a cluster or the Kusto emulator.")]
    [InlineData("T | where hint.strategy=shuffle b", 1, 11, "hint")]
    [InlineData("T | join (T) on d", 1, 17, "'join' on a dynamic value")]
    [InlineData("T | union withsource=x (T | take 1)", 1, 5, "'withsource' of a table without a name")]
    [InlineData("T | parse s with 'a' i", 1, 22, "'parse' into the column 'i', which exists")]
    [InlineData("T | parse kind=regex flags=x s with 'a' q", 1, 5, "flag 'x'")]
    [InlineData("T | parse-where kind=relaxed s with 'a' q", 1, 5, "'kind=relaxed'")]
    [InlineData("let f = (x:long) { toscalar(T | where l > x | count) }; T | extend y = f(l)", 1, 43, "depends on a row ('x')")]
    [InlineData("let f = (t:(a:long)) { t }; f((datatable(a:long, b:long)[1, 2]))", 1, 32, "more columns than the parameter")]
    [InlineData("let f = (x:long) { x }; print f(1.5)", 1, 33, "argument of type real")]
    [InlineData("T | where * == 'a'", 1, 11, "'*'")]
    [InlineData("T | project-reorder * granny-asc", 1, 23, "granny")]
    [InlineData("T | where i in (d.x)", 1, 17, "no constant array")]
    [InlineData("print typeof(long)", 1, 7, "type as a value")]
    [InlineData("T | project extract('(a)', 1, typeof(int))", 1, 31, "type as a value")]
    [InlineData("find 'a'", 1, 1, "operator 'find'")]
    [InlineData("T | evaluate basket()", 1, 14, "plugin 'basket()'")]
    [InlineData("T | invoke f()", 1, 5, "operator 'invoke'")]
    [InlineData("T | scan with (step s: true;)", 1, 5, "operator 'scan'")]
    [InlineData("tan(0.5)", 1, 1, "'tan()' as a source")]
    [InlineData("strlen('x') == 1", 1, 1, "scalar expression as a query")]
    [InlineData("T | summarize count(i)", 1, 15, "'count()' of a value that is no bool")]
    [InlineData("print datetime(31.12.2023)", 1, 7, "reading of 'datetime(31.12.2023)'")]
    [InlineData("T | where s in ((externaldata(x:string)[h'https://x/y.csv']))", 1, 18, "operator 'externaldata' as a source")]
    [InlineData("let e = external_data(x:string)[h'https://x/y.csv']; e", 1, 9, "operator 'external_data' as a source")]
    [InlineData("inline_external_table(x:long) kind=storage dataformat=csv (h'https://x/y')", 1, 1, "'inline_external_table'")]
    [InlineData("macro-expand entity_group [database('a')] as X (X.T)", 1, 1, "operator 'macro-expand' as a source")]
    [InlineData("database('x').T", 1, 1, "'database()'")]
    [InlineData("cluster('y').database('x').T", 1, 1, "'cluster()'")]
    [InlineData("T | where geo_angle(1)", 1, 11, "function 'geo_angle()'")]
    [InlineData("T | summarize hll(i)", 1, 15, "aggregation function 'hll()'")]
    [InlineData("T | where s like 'a'", 1, 13, "operator 'like'")]
    [InlineData("T | where d.x + 1 > 2", 1, 15, "dynamic")]
    [InlineData("T | sort by d.x", 1, 13, "dynamic")]
    [InlineData("T | where b == 1", 1, 13, "bool with long")]
    public void What_is_real_but_absent_is_refused_by_name_and_place(string query, int line, int column, string text)
    {
        KqlException error = Fail(query);
        Assert.Equal(KqlErrorKind.NotSupported, error.Kind);
        Assert.Equal("LocalStandIn_NotSupported", error.Code);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains($"(line {line}, col {column})", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("print 9223372036854775807 + 1", "NotSupported")]
    [InlineData("datatable(x:long)[9223372036854775807, 1] | summarize sum(x)", "NotSupported")]
    [InlineData("print datetime(9999-12-31) + 1d", "NotSupported")]
    [InlineData("T | where d.k == 1", "NotSupported")]
    [InlineData("T | where s matches regex '('", "Runtime")]
    [InlineData("T | join T on i", "NotSupported")]
    [InlineData("print d=dynamic([1]) | mv-expand d to typeof(string)", "NotSupported")]
    [InlineData("T | project format_datetime(dt, 'QQ')", "Runtime")]
    public void Values_that_have_no_certain_answer_fail_the_query(string query, string kind) => Assert.Equal(kind, Fail(query).Kind.ToString());

    private static KqlException Fail(string query) => Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
}
