using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Serialized rows and window functions; the first cases are the examples of the documentation.</summary>
public sealed class WindowTests
{
    private const string Cases = """"
        > range a from 1 to 4 step 1 | sort by a desc | extend rn=row_number()
        [4,1]
        [3,2]
        [2,3]
        [1,4]
        > range a from 1 to 3 step 1 | sort by a desc | extend rn=row_number(7)
        [3,7]
        [2,8]
        [1,9]
        > datatable (Airport:string, Airline:string, Departures:long)["TLV", "LH", 1, "TLV", "LY", 100, "SEA", "LH", 1, "SEA", "BA", 2, "SEA", "LY", 0] | sort by Airport asc, Departures desc | extend Rank=row_number(1, prev(Airport) != Airport)
        ["SEA","BA",2,1]
        ["SEA","LH",1,2]
        ["SEA","LY",0,3]
        ["TLV","LY",100,1]
        ["TLV","LH",1,2]
        > datatable (a:long) [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] | where a%2==0 | serialize cs=row_cumsum(a)
        [2,2]
        [4,6]
        [6,12]
        [8,20]
        [10,30]
        > datatable (name:string, month:int, salary:long)["Alice", 1, 1000, "Bob", 1, 1000, "Alice", 2, 2000, "Bob", 2, 1950, "Alice", 3, 1400, "Bob", 3, 1450] | order by name asc, month asc | extend total=row_cumsum(salary, name != prev(name))
        ["Alice",1,1000,1000]
        ["Alice",2,2000,3000]
        ["Alice",3,1400,4400]
        ["Bob",1,1000,1000]
        ["Bob",2,1950,2950]
        ["Bob",3,1450,4400]
        > datatable (Airline:string, Departures:long)["LH", 3, "LY", 100, "UA", 3, "BA", 2, "EL", 3] | sort by Departures asc | extend Rank=row_rank_dense(Departures)
        ["BA",2,1]
        ["LH",3,2]
        ["UA",3,2]
        ["EL",3,2]
        ["LY",100,3]
        > datatable (Airport:string, Airline:string, Departures:long)["SEA", "LH", 3, "SEA", "LY", 100, "SEA", "UA", 3, "SEA", "BA", 2, "SEA", "EL", 3, "AMS", "EL", 1, "AMS", "BA", 1] | sort by Airport desc, Departures asc | extend Rank=row_rank_dense(Departures, prev(Airport) != Airport)
        ["SEA","BA",2,1]
        ["SEA","LH",3,2]
        ["SEA","UA",3,2]
        ["SEA","EL",3,2]
        ["SEA","LY",100,3]
        ["AMS","EL",1,1]
        ["AMS","BA",1,1]
        > datatable (Airline:string, Departures:long)["LH", 3, "LY", 100, "UA", 3, "BA", 2, "EL", 3] | sort by Departures asc | extend Rank=row_rank_min(Departures)
        ["BA",2,1]
        ["LH",3,2]
        ["UA",3,2]
        ["EL",3,2]
        ["LY",100,5]
        > datatable(Category:string, Item:string, Value:int)["A", "item1", 10, "A","item2", 10, "A", "item3", 5, "A", "item4", 20, "B", "item2", 5, "B", "item1", 7] | sort by Category asc, Value asc | extend rank = row_rank_min(Value, Category != prev(Category))
        ["A","item3",5,1]
        ["A","item1",10,2]
        ["A","item2",10,2]
        ["A","item4",20,4]
        ["B","item2",5,1]
        ["B","item1",7,2]
        > datatable (ID:string, Timestamp:datetime)["1", datetime(2024-04-11 10:00:00), "2", datetime(2024-04-11 10:18:00), "1", datetime(2024-04-11 11:00:00), "3", datetime(2024-04-11 11:30:00), "2", datetime(2024-04-11 13:30:00), "2", datetime(2024-04-11 10:16:00)] | sort by ID asc, Timestamp asc | extend SessionStarted = row_window_session(Timestamp, 1h, 5m, ID != prev(ID))
        ["1","2024-04-11T10:00:00Z","2024-04-11T10:00:00Z"]
        ["1","2024-04-11T11:00:00Z","2024-04-11T11:00:00Z"]
        ["2","2024-04-11T10:16:00Z","2024-04-11T10:16:00Z"]
        ["2","2024-04-11T10:18:00Z","2024-04-11T10:16:00Z"]
        ["2","2024-04-11T13:30:00Z","2024-04-11T13:30:00Z"]
        ["3","2024-04-11T11:30:00Z","2024-04-11T11:30:00Z"]
        > datatable(t:datetime)[datetime(2024-01-01 00:00), datetime(2024-01-01 00:04), datetime(null), datetime(2024-01-01 00:05), datetime(2024-01-01 00:09), datetime(2024-01-01 00:14)] | serialize s = row_window_session(t, 10m, 5m) | project s
        ["2024-01-01T00:00:00Z"]
        ["2024-01-01T00:00:00Z"]
        [null]
        ["2024-01-01T00:05:00Z"]
        ["2024-01-01T00:05:00Z"]
        ["2024-01-01T00:14:00Z"]
        > range x from 1 to 4 step 1 | extend p = prev(x), n = next(x), pp = prev(x, 2, -1), nn = next(x, 3, 0), same = prev(x, 0)
        [1,null,2,-1,4,1]
        [2,1,3,-1,0,2]
        [3,2,4,1,0,3]
        [4,3,null,2,0,4]
        > T | serialize | project s, prev(s), next(s, 2, "none")
        ["apple pie","","apple"]
        ["Banana","apple pie",""]
        ["apple","Banana",""]
        ["","apple","none"]
        ["","","none"]
        > T | serialize | where i == 2 and prev(i) == 1 | project l
        [20]
        > T | serialize | where false or next(l) == 30 | project-keep l
        [20]
        > range x from 1 to 200000 step 1 | extend p = prev(x), n = next(x, 100000), k = row_number(), q = prev(x, 100000) | where x in (1, 65536, 65537, 100000, 100001, 200000)
        [1,null,100001,1,null]
        [65536,65535,165536,65536,null]
        [65537,65536,165537,65537,null]
        [100000,99999,200000,100000,null]
        [100001,100000,null,100001,1]
        [200000,199999,null,200000,100000]
        > range x from 1 to 200000 step 1 | extend d = row_rank_dense(x / 65536), m = row_rank_min(x / 65536) | summarize min(x), max(x) by d, m
        [1,1,1,65535]
        [2,65536,65536,131071]
        [3,131072,131072,196607]
        [4,196608,196608,200000]
        > range x from 1 to 200000 step 1 | where x % 50000 == 0 | extend p = prev(x), n = next(x)
        [50000,null,100000]
        [100000,50000,150000]
        [150000,100000,200000]
        [200000,150000,null]
        > range x from 1 to 6 step 1 | sort by x asc | summarize sum(prev(x, 1, 0)), count() by g = row_number() % 2
        [1,6,3]
        [0,9,3]
        > range x from 1 to 3 step 1 | sort by row_number() desc
        [3]
        [2]
        [1]
        > range x from 1 to 5 step 1 | top 2 by row_cumsum(x)
        [5]
        [4]
        > T | sort by l asc | extend x = iff(row_number() > 2, prev(l), 0) | project l, x
        [null,0]
        [10,0]
        [20,10]
        [30,20]
        [50,30]
        > let t = T | sort by l asc; t | take 3 | as X | project-rename m = l | parse s with a "pp" * | extend n = row_number() | project m, n
        [null,1]
        [10,2]
        [20,3]
        > T | getschema | extend n = row_number() | where ColumnName == "dt" | project n
        [6]
        > T | serialize | where l < 0 | extend n = row_number(), p = prev(l), q = next(l)
        > datatable(x:int, r:real)[1, 0.5, 2, 1.5] | serialize | project a = row_cumsum(x), b = row_cumsum(r)
        [1,0.5]
        [3,2]
        > T | serialize l = 1, row_number() | project l, Column1 | take 1
        [1,1]
        > let f = (t:(x:long)) { t | extend d = x - prev(x) }; f((range x from 1 to 9 step 4))
        [1,null]
        [5,4]
        [9,4]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Window_function_gives_the_rows(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("T | extend row_number()", 12)]
    [InlineData("T | where prev(l) == 1", 11)]
    [InlineData("T | sort by l | summarize c = count() by i | extend row_number()", 53)]
    [InlineData("T | sort by l | distinct i | extend prev(i)", 37)]
    [InlineData("T | sort by l | count | extend prev(Count)", 32)]
    [InlineData("T | sort by l | join U on i | extend next(l)", 38)]
    [InlineData("let t = T | where b; t | extend row_number()", 33)]
    public void Rows_that_are_not_serialized_have_none(string query, int column)
    {
        var error = Assert.Throws<KqlException>(() => QueryRunner.Run(query));
        Assert.Equal((KqlErrorKind.Semantic, column), (error.Kind, error.Column));
        Assert.Contains("the row set must be serialized", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T | sort by l | mv-expand d | extend row_number()")]
    [InlineData("T | sort by l | union U | extend row_number()")]
    [InlineData("T | sort by l | lookup U on i | extend row_number()")]
    [InlineData("datatable(a:int)[1] | extend row_number()")]
    [InlineData("print a = 1 | extend row_number()")]
    [InlineData("materialize(T | sort by l) | extend row_number()")]
    public void Where_the_documentation_is_silent_it_is_refused(string query)
    {
        var error = Assert.Throws<KqlException>(() => QueryRunner.Run(query));
        Assert.Equal(KqlErrorKind.NotSupported, error.Kind);
        Assert.Contains("| serialize", error.Message, StringComparison.Ordinal);
        Assert.NotNull(QueryRunner.Run(query.Replace("| extend", "| serialize | extend", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("T | serialize x = row_number('a')", "Semantic", "long expected")]
    [InlineData("T | serialize x = row_number(1, 2)", "Semantic", "bool expected")]
    [InlineData("T | serialize x = row_number(l)", "NotSupported", "starting index is no constant")]
    [InlineData("T | serialize x = prev(l + 1)", "Semantic", "column name expected")]
    [InlineData("T | serialize x = prev(nosuch)", "Semantic", "nosuch")]
    [InlineData("T | serialize x = prev(l, -1)", "NotSupported", "negative")]
    [InlineData("T | serialize x = prev(l, 1, 'a')", "NotSupported", "default of type string")]
    [InlineData("T | serialize x = prev(l, 1, i)", "Semantic", "constant")]
    [InlineData("T | serialize x = prev()", "Semantic", "between 1 and 3")]
    [InlineData("T | serialize x = row_cumsum(s)", "Semantic", "number")]
    [InlineData("T | serialize x = row_cumsum(dec)", "NotSupported", "decimal")]
    [InlineData("T | serialize x = row_rank_dense(d)", "Semantic", "dynamic")]
    [InlineData("T | serialize x = row_window_session(l, 1h, 1h)", "Semantic", "datetime expected")]
    [InlineData("T | serialize x = row_rank(l)", "NotSupported", "'row_rank()'")]
    [InlineData("T | serialize | mv-expand x = pack_array(prev(l))", "NotSupported", "'prev()' in 'mv-expand'")]
    [InlineData("T | serialize | project x = row_cumsum(l)", "NotSupported", "null")]
    [InlineData("range x from 9223372036854775806 to 9223372036854775807 step 1 | project row_cumsum(x)", "NotSupported", "range")]
    [InlineData("T | serialize x =", "Syntax", "")]
    [InlineData("T | serialise", "Syntax", "no such operator")]
    public void What_cannot_be_computed_says_why(string query, string kind, string text)
    {
        var error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(kind, error.Kind.ToString());
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_window_functions_are_refused_and_do_not_end_the_process()
    {
        string functions = string.Join(", ", Enumerable.Repeat("prev(x)", 90));
        string query = "range x from 1 to 3 step 1" + string.Concat(Enumerable.Repeat($" | where x in ({functions}, x)", 400));
        Assert.Equal(KqlErrorKind.NotSupported, Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query))).Kind);
    }

    [Fact]
    public void A_query_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        ResultSet result = KqlEngine.Execute(QueryRunner.Database, "range x from 1 to 1000000000000 step 1 | where next(x, 2000000000) > row_number()", null, stop.Token)[0];
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => QueryRunner.Rows(result));
    }
}
