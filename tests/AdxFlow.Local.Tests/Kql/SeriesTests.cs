using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary><c>make-series</c>; the first cases are the examples of the documentation.</summary>
public sealed class SeriesTests
{
    private const string Metrics = "let data=datatable(timestamp:datetime, metric:real)[datetime(2016-12-31T06:00), 50, datetime(2017-01-01), 4, datetime(2017-01-02), 3, datetime(2017-01-03), 4, datetime(2017-01-03T03:00), 6, datetime(2017-01-05), 8, datetime(2017-01-05T13:40), 13, datetime(2017-01-06), 4, datetime(2017-01-07), 3, datetime(2017-01-08), 8, datetime(2017-01-08T21:00), 8, datetime(2017-01-09), 2, datetime(2017-01-09T12:00), 11, datetime(2017-01-10T05:00), 5]; let interval = 1d; let stime = datetime(2017-01-01); let etime = datetime(2017-01-10); ";

    private const string Cases = $$""""
        > {{Metrics}}data | make-series avg(metric) on timestamp from stime to etime step interval
        [[4,3,5,0,10.5,4,3,8,6.5],["2017-01-01T00:00:00.0000000Z","2017-01-02T00:00:00.0000000Z","2017-01-03T00:00:00.0000000Z","2017-01-04T00:00:00.0000000Z","2017-01-05T00:00:00.0000000Z","2017-01-06T00:00:00.0000000Z","2017-01-07T00:00:00.0000000Z","2017-01-08T00:00:00.0000000Z","2017-01-09T00:00:00.0000000Z"]]
        > {{Metrics}}data | take 0 | make-series avg(metric) default=1.0 on timestamp from stime to etime step interval | count
        [0]
        > {{Metrics}}data | take 0 | make-series kind=nonempty avg(metric) default=1.0 on timestamp from stime to etime step 3d
        [[1,1,1],["2017-01-01T00:00:00.0000000Z","2017-01-04T00:00:00.0000000Z","2017-01-07T00:00:00.0000000Z"]]
        > let data = datatable(Time: datetime, Value: int, other:int)[datetime(2025-01-07), 10, 11, datetime(2025-01-16), 20, 21, datetime(2025-02-01), 30, 5]; data | make-series Value=sum(Value), other=-1 default=-2 on Time from datetime(2025-01-06) to datetime(2025-02-09) step 7d | mv-expand Value, Time, other | extend Time=todatetime(Time), Value=toint(Value), other=toint(other) | project-reorder Time, Value, other
        ["2025-01-06T00:00:00Z",10,-1]
        ["2025-01-13T00:00:00Z",20,-1]
        ["2025-01-20T00:00:00Z",0,-2]
        ["2025-01-27T00:00:00Z",30,-1]
        ["2025-02-03T00:00:00Z",0,-2]
        > datatable(k:string, t:long, v:long)["a", 1, 10, "b", 2, 20, "a", 3, 30, "a", 3, 31] | make-series n = count(), sum(v) default = long(null) on t step 1 by k
        ["a",[1,0,2],[10,null,61],[1,2,3]]
        ["b",[1],[20],[2]]
        > datatable(k:string, t:long, v:long)["a", 1, 10, "b", 2, 20, "a", 3, 30, "a", 3, 31] | make-series max(v), min(v), take_any(v), percentile(v, 50) on t from 0 to 5 step 2 by k
        ["a",[10,31,0],[10,30,0],[10,30,0],[10,30,0],[0,2,4]]
        ["b",[0,20,0],[0,20,0],[0,20,0],[0,20,0],[0,2,4]]
        > datatable(t:long)[5, 7] | make-series count() on t from 1 step 3
        [[0,1,1],[1,4,7]]
        > datatable(t:long)[5, 7] | make-series count() on t to 13 step 3
        [[1,1,0,0],[3,6,9,12]]
        > datatable(t:long)[-5, -1, 0] | make-series count() on t step 4
        [[1,1,1],[-8,-4,0]]
        > datatable(t:real)[0.5, 1.25, 3] | make-series count() on t step 0.5
        [[1,1,0,0,0,1],[0.5,1,1.5,2,2.5,3]]
        > datatable(t:timespan)[1h, 3h] | make-series count() on t from 30m to 4h step 1h
        [[1,0,1,0],["00:30:00","01:30:00","02:30:00","03:30:00"]]
        > datatable(t:int)[int(3), int(5)] | make-series count() on t from int(3) to int(6) step int(1)
        [[1,0,1],[3,4,5]]
        > datatable(t:long, v:long)[1, long(null), 2, 5, long(null), 9] | make-series avg(v) default = -1, countif(v > 1), stdev(v) on t from 1 to 4 step 1
        [[null,5,-1],[0,1,0],[0,0,0],[1,2,3]]
        > datatable(t:long, v:long)[1, 3, 2, 5] | make-series round(avg(v), 1), x = max(v) * 2 on bin(t, 1) step 1
        [[3,5],[6,10],[1,2]]
        > T | where isnotnull(dt) | make-series count() on startofday(dt) step 1d by b | project b, array_length(count_)
        [true,2]
        [false,2]
        > range t from 1 to 200000 step 1 | make-series sum(t) on t from 0 to 200001 step 50000 | project sum_t
        [[1249975000,3749975000,6249975000,8749975000,200000]]
        > range t from 1 to 100000 step 1 | extend k = t % 50000 | make-series n = count() on t from 0 to 100001 step 1000 by k | summarize count(), sum(array_length(n)), max(k)
        [50000,5050000,49999]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Series_has_the_values(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("T | make-series count() on s step 1h", "Semantic", "axis must be")]
    [InlineData("T | make-series count() on dt step 5", "Semantic", "type timespan")]
    [InlineData("T | make-series count() on dt from 1 to now() step 1h", "Semantic", "type datetime")]
    [InlineData("T | make-series count() on dt step -1h", "Semantic", "positive")]
    [InlineData("T | make-series count() on l step 0", "Semantic", "positive")]
    [InlineData("T | make-series l on dt step 1h", "Semantic", "'l' is not an aggregate")]
    [InlineData("T | make-series nosuch() on dt step 1h", "Semantic", "nosuch")]
    [InlineData("T | make-series count() on nosuch step 1h", "Semantic", "nosuch")]
    [InlineData("T | make-series count() on dt step 1h by nosuch", "Semantic", "nosuch")]
    [InlineData("T | make-series dt = count() on dt step 1h", "Semantic", "'dt' is already declared")]
    [InlineData("T | make-series count() on dec step 1", "NotSupported", "decimal")]
    [InlineData("T | make-series count() on l from 1.5 step 1", "NotSupported", "axis of type long")]
    [InlineData("T | make-series max(s) on l step 1", "NotSupported", "value of type string")]
    [InlineData("T | make-series make_list(l) on l step 1", "NotSupported", "'make_list()' in 'make-series'")]
    [InlineData("T | make-series arg_max(l, i) on l step 1", "NotSupported", "'arg_max()' in 'make-series'")]
    [InlineData("T | make-series count() default=1.5 on l step 1", "NotSupported", "series of long")]
    [InlineData("T | make-series count() default='a' on l step 1", "NotSupported", "default of type string")]
    [InlineData("T | make-series count() on dt step 1h by d", "NotSupported", "dynamic")]
    [InlineData("T | make-series count() on dt in range(datetime(2024-01-01), datetime(2024-01-05), 1d)", "NotSupported", "'in range()'")]
    [InlineData("T | make-series count() on l from 1000 to 2000 step 1", "NotSupported", "off the axis")]
    [InlineData("T | where false | make-series kind=nonempty count() on l step 1", "NotSupported", "kind=nonempty")]
    [InlineData("datatable(t:long)[0, 2000000] | make-series count() on t step 1", "Runtime", "1048576")]
    [InlineData("datatable(t:long)[0, 1] | make-series count() on t from -9223372036854775807 to 9223372036854775807 step 1", "Runtime", "longer than")]
    [InlineData("T | make-series kind=full count() on l step 1", "Syntax", "'nonempty' expected")]
    [InlineData("T | make-series count() on l", "Syntax", "'step' expected")]
    [InlineData("T | make-series count() step 1", "Syntax", "'on' expected")]
    public void What_cannot_be_computed_says_why(string query, string kind, string text)
    {
        var error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(kind, error.Kind.ToString());
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_are_made_while_they_are_read()
    {
        // 20,000 series of 100,000 values each would not fit.
        ResultSet result = QueryRunner.Run("range k from 1 to 20000 step 1 | extend t = k | make-series count() on t from 0 to 100000 step 1 by k");
        Assert.Equal(100_000, result.Chunks.First()[1].Values<DynamicValue>()[0].AsArray()!.Count);
    }
}
