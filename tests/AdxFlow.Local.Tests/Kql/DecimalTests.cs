using System.Globalization;
using System.Text;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Decimals of 34 digits in queries: literals, arithmetic, functions, aggregates, keys, order and parameters.</summary>
public sealed class DecimalTests
{
    private const string Data = "let D = datatable(n:long, m:decimal) [1, decimal(1.100000000000000000000000000000001), 2, decimal(1.100000000000000000000000000000002), 3, decimal(1.10), 4, decimal(1.1), 5, decimal(null), 6, decimal(-1e40)];";

    private const string Cases = """"
        > print decimal(1.0), decimal(1e5), decimal(-1.5E-3), decimal(1234567890123456789012345678901234), decimal(0.1234567890123456789012345678901234), decimal("2.50"), decimal(1e40), decimal(null)
        ["1.0","100000","-0.0015","1234567890123456789012345678901234","0.1234567890123456789012345678901234","2.50","1E+40",null]
        > print decimal(1) / 3, decimal(2) / 3, decimal(10) / 4, decimal(6.00) / 2, 1 / decimal(0), decimal(1) % 0, decimal(-7.5) % 2, -decimal(1.50)
        ["0.3333333333333333333333333333333333","0.6666666666666666666666666666666667","2.5","3.00",null,null,"0.5","-1.50"]
        > print decimal(1234567890123456789012345678901233) + 1, decimal(0.1) + decimal(0.2), decimal(1.10) - 1, decimal(1.1) * decimal(1.10), decimal(1e34) - 1, decimal(9999999999999999999999999999999999) * 10
        ["1234567890123456789012345678901234","0.3","0.10","1.210","9999999999999999999999999999999999","9.999999999999999999999999999999999E+34"]
        > print decimal(1.0) == decimal(1.00), decimal(0.1) + decimal(0.2) == decimal(0.3), decimal(1234567890123456789012345678901234) > decimal(1234567890123456789012345678901233), decimal(2) == 2, decimal(1) < 1.5, decimal(1.5) == 1.5, decimal(null) == decimal(1)
        [true,true,true,true,true,true,false]
        > print todecimal("123.45678") == decimal(123.45678), todecimal("1e33"), todecimal("x"), todecimal("1e7000"), todecimal(2.2), todecimal(0.5), todecimal(real(nan)), todecimal(9223372036854775807), todecimal(dynamic("1.50")), todecimal(dynamic(7))
        [true,"1000000000000000000000000000000000",null,null,"2.2000000000000002","0.5",null,"9223372036854775807","1.50","7"]
        > print tostring(decimal(1234567890123456789012345678901234)), tolong(decimal(9223372036854775807.9)), tolong(decimal(9223372036854775808)), toint(decimal(-2.9)), toint(decimal(1e10)), toreal(decimal(0.1)), toreal(decimal(1e400)), tobool(decimal(1e-40)), strcat("a", decimal(1.50))
        ["1234567890123456789012345678901234",9223372036854775807,null,-2,null,0.1,"Infinity",true,"a1.50"]
        > print abs(decimal(-1.50)), sign(decimal(-1e-400)), sign(decimal(0.00)), ceiling(decimal(1234567890123456789012345678901.001)), floor(decimal(-1.5), 1), round(decimal(2.5)), round(decimal(-0.125), 2), round(decimal(1234567890123456789012345678901234), -3), round(decimal(1.5), 40)
        ["1.50",-1,0,"1234567890123456789012345678902","-2","3","-0.13","1234567890123456789012345678901000","1.5"]
        > print bin(decimal(10.57), decimal(0.1)), bin(decimal(-10.57), decimal(0.1)), bin(decimal(0.3), decimal(0.1)), bin(decimal(7), 2), bin(decimal(1), 0), bin(decimal(1234567890123456789012345678.901234), decimal(0.01))
        ["10.5","-10.6","0.3","6",null,"1234567890123456789012345678.90"]
        > print pow(decimal(2), 3), sqrt(decimal(6.25)), max_of(decimal(1.1), decimal(1.10000000000000000000000000000000001), 1), min_of(decimal(2), 1), iff(true, decimal(1.50), 2), coalesce(decimal(null), decimal(0.10)), unixtime_seconds_todatetime(decimal(1546300800.5)), unixtime_seconds_todatetime(decimal(1e300))
        [8,2.5,"1.1","1","1.50","0.10","2019-01-01T00:00:00.5000000Z",null]
        > print decimal(1.5) in (decimal(1.50), decimal(2)), decimal(1.5) between (decimal(1) .. decimal(1.50)), gettype(decimal(1)), isnull(decimal(null))
        [true,true,"decimal",true]
        > print d = dynamic({"m": decimal(0.1234567890123456789012345678901234)}) | project d, d.m == decimal(0.1234567890123456789012345678901234), d.m > decimal(0.1234567890123456789012345678901233), d.m < 1, d.m < 0.5, gettype(d.m), todecimal(d.m)
        [{"m":"0.1234567890123456789012345678901234"},true,true,true,true,"decimal","0.1234567890123456789012345678901234"]
        > D | summarize n = make_list(n) by m | sort by m asc nulls last
        ["-1E+40",[6]]
        ["1.10",[3,4]]
        ["1.100000000000000000000000000000001",[1]]
        ["1.100000000000000000000000000000002",[2]]
        [null,[5]]
        > D | sort by m desc | project n
        [2]
        [1]
        [3]
        [4]
        [6]
        [5]
        > D | where n <= 5 | summarize sum(m), avg(m), min(m), max(m), dcount(m), count_distinct(m), countif(m > decimal(1.1))
        ["4.400000000000000000000000000000003","1.100000000000000000000000000000001","1.10","1.100000000000000000000000000000002",3,3,2]
        > D | where n == 5 | summarize sum(m), avg(m), min(m)
        ["0",null,null]
        > D | where n < 5 | summarize arg_max(m, n), percentile(m, decimal(50)), stdev(m), make_set(m)
        ["1.100000000000000000000000000000002",2,1.1,0,["1.100000000000000000000000000000001","1.100000000000000000000000000000002","1.10"]]
        > D | distinct m | count
        [5]
        > D | where n < 5 | join kind=inner (D | where n < 5) on m | summarize count() by n, n1 | sort by n asc, n1 asc
        [1,1,1]
        [2,2,1]
        [3,3,1]
        [3,4,1]
        [4,3,1]
        [4,4,1]
        > D | where n < 5 | lookup (datatable(m:decimal, s:string) [decimal(1.100), "x"]) on m | project n, s
        [1,""]
        [2,""]
        [3,"x"]
        [4,"x"]
        > print x = dynamic([1, 2]) | mv-expand x to typeof(decimal) | project x
        ["1"]
        ["2"]
        > print s = "m=1.100000000000000000000000000000001;" | parse s with "m=" m:decimal ";" * | project m
        ["1.100000000000000000000000000000001"]
        > datatable(m:decimal) [0.0, 2.2, 2.3, '0.0', '2.2', decimal(2.3), 1, "0.1234567890123456789012345678901234"] | summarize make_list(m)
        [["0","2.2000000000000002","2.2999999999999998","0.0","2.2","2.3","1","0.1234567890123456789012345678901234"]]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Query_gives_the_rows(string query, string rows) =>
        Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query.StartsWith('D') ? Data + query : query)));

    [Theory]
    [InlineData("print decimal(9e6144) * 10")]
    [InlineData("print decimal(9e6144) + decimal(9e6144)")]
    [InlineData("print decimal(1e6144) / decimal(0.1)")]
    [InlineData("datatable(m:decimal) [decimal(9e6144), decimal(9e6144)] | summarize sum(m)")]
    public void A_number_that_leaves_the_range_fails_the_query(string query)
    {
        KqlException error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Contains("range", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_too_small_becomes_zero()
    {
        Assert.Equal("[true]", QueryRunner.Rows(QueryRunner.Run("print decimal(1e-6000) * decimal(1e-6000) == 0")));
    }

    [Theory]
    [InlineData("decimal(1.5.2)")]
    [InlineData("decimal(1e7000)")]
    [InlineData("decimal(nan)")]
    public void What_is_no_decimal_is_no_literal(string literal)
    {
        Assert.Equal(KqlErrorKind.Syntax, Assert.Throws<KqlException>(() => QueryRunner.Run($"print {literal}")).Kind);
    }

    [Fact]
    public void A_parameter_has_34_digits()
    {
        var parameters = new Dictionary<string, string> { ["m"] = "decimal(1234567890.123456789012345678901234)" };
        Assert.Equal("[\"2469135780.246913578024691357802468\"]", QueryRunner.Rows(QueryRunner.Run("declare query_parameters(m:decimal); print m * 2", parameters)));
    }

    [Fact]
    public void A_sum_of_many_is_exact_where_a_real_is_not()
    {
        Table table = QueryRunner.CreateTable("M", "m:decimal");
        TableAppender appender = table.CreateAppender();
        for (int i = 0; i < 100_000; i++)
        {
            Assert.True(appender.AppendText(0, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"10000000000000000000000.{i:D5}"))));
            appender.EndRow();
        }

        appender.Commit(0);
        var database = new Database("NetDefaultDB");
        database.Tables["M"] = table;
        ResultSet result = KqlEngine.Execute(database, "M | summarize sum(m), avg(m), dcount(m)", null, CancellationToken.None)[^1];
        Assert.Equal("[\"1000000000000000000000049999.50000\",\"10000000000000000000000.499995\",100000]", QueryRunner.Rows(result));
    }
}
