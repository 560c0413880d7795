using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>extent_id(), extent_tags() and ingestion_time(): of rows of a table behind operators that hand them on, and of others.</summary>
public sealed class ExtentFunctionTests
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    [Theory]
    [InlineData("T")]
    [InlineData("T | where i > 1")]
    [InlineData("T | extend x = 1 | project x, l | project-away x | project-rename k = l | project-keep k | project-reorder k")]
    [InlineData("T | take 2")]
    [InlineData("T | sample 2")]
    [InlineData("T | sort by l desc")]
    [InlineData("T | top 2 by l")]
    [InlineData("T | sort by l | extend p = prev(l), n = next(l, 2) | where l != p")]
    [InlineData("T | serialize rn = row_number()")]
    [InlineData("T | parse-where s with 'app' x")]
    [InlineData("T | as X | where l in (X | project l)")]
    [InlineData("let x = T | where i > 1; x")]
    [InlineData("let f = (a:long) { T | where l > a }; f(10)")]
    [InlineData("let f = (t:(*)) { t | where l > 10 }; f(T)")]
    [InlineData("table('T')")]
    [InlineData("(T | where i > 1) | render table")]
    public void Rows_of_a_table_keep_their_extent(string query)
    {
        const string Functions = " | project id = extent_id(), alias = extentid(), tags = extent_tags(), at = ingestion_time()";
        Guid id = QueryRunner.Database.Tables["T"].Extents.Single().Id;
        Assert.Equal(
            QueryRunner.Rows(QueryRunner.Run($"{query} | project id = guid({id}), alias = guid({id}), tags = dynamic([]), at = true")),
            QueryRunner.Rows(QueryRunner.Run(query + Functions + " | extend at = isnotnull(at)")));
    }

    [Theory]
    [InlineData("print x = 1")]
    [InlineData("range x from 1 to 2 step 1 | where x > 0")]
    [InlineData("datatable(d:dynamic)[dynamic([1, 2])] | mv-expand d")]
    [InlineData("T | summarize count() by i")]
    [InlineData("T | distinct i | sort by i")]
    [InlineData("T | count")]
    [InlineData("T | summarize arg_max(ingestion_time(), *) by i | project i")]
    public void What_a_query_computes_is_of_no_extent(string query) =>
        Assert.All(
            QueryRunner.Rows(QueryRunner.Run(query + " | project extent_id(), extent_tags(), ingestion_time()")).Split('\n'),
            row => Assert.Equal($"[\"{Nobody}\",null,null]", row));

    [Theory]
    [InlineData("T | join U on i | extend x = ingestion_time()")]
    [InlineData("datatable(i:int)[1] | join T on i | extend x = ingestion_time()")]
    [InlineData("T | lookup U on i | where extent_id() == ''")]
    [InlineData("T | union U | extend x = extent_tags()")]
    [InlineData("union T, U | where ingestion_time() > ago(1h)")]
    [InlineData("T | search 'apple' | extend x = extent_id()")]
    [InlineData("T | mv-expand d | extend x = ingestion_time()")]
    [InlineData("T | mv-apply d on (extend x = ingestion_time())")]
    [InlineData("T | partition by i (extend x = ingestion_time())")]
    [InlineData("materialize(T) | extend x = ingestion_time()")]
    [InlineData("let f = () { ingestion_time() }; T | extend x = f()")]
    [InlineData("let x = ingestion_time(); T | extend y = x")]
    [InlineData("T | extend x = toscalar(ingestion_time())")]
    [InlineData("T | summarize max(ingestion_time()) - ingestion_time()")]
    public void Where_the_documentation_is_silent_they_are_refused(string query)
    {
        KqlException refusal = Assert.Throws<KqlException>(() => QueryRunner.Run(query));
        Assert.Equal(KqlErrorKind.NotSupported, refusal.Kind);
        Assert.Contains("still those of a table", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T | mv-expand t = extent_tags() | count", "[0]")]
    [InlineData("T | where i in (T | where ingestion_time() > ago(1d) | project i) | count", "[4]")]
    [InlineData("T | where l == toscalar(T | where isnotnull(ingestion_time()) | summarize max(l)) | project isnotnull(ingestion_time())", "[true]")]
    [InlineData("T | where ingestion_time() in (print ingestion_time()) | count", "[0]")]
    [InlineData("T | summarize dcount(extent_id()), countif(ingestion_time() > ago(1d)), isnotnull(max(ingestion_time())) by bin(ingestion_time(), 3650000d) | project-away $IngestionTime", "")]
    public void They_stand_wherever_a_value_may(string query, string expected)
    {
        if (expected.Length == 0)
            Assert.Equal("$IngestionTime:datetime, dcount_:long, countif_:long, Column1:bool", QueryRunner.Columns(QueryRunner.Run(query[..query.LastIndexOf('|')])));
        else
            Assert.Equal(expected, QueryRunner.Rows(QueryRunner.Run(query)));
    }

    [Fact]
    public void They_have_no_parameters() => Assert.Equal(KqlErrorKind.Semantic, Assert.Throws<KqlException>(() => QueryRunner.Run("T | extend ingestion_time(1)")).Kind);
}
