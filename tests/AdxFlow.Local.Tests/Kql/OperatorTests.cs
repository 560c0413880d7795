namespace AdxFlow.Local.Tests.Kql;

/// <summary>Tabular operators and aggregates over the table of all types: the query, and below it its rows.</summary>
public sealed class OperatorTests
{
    private const string Cases = """"
        > T | count
        [5]
        > range x from 1 to 8 step 3
        [1]
        [4]
        [7]
        > range x from 5 to 1 step -2 | summarize sum(x)
        [9]
        > range x from 5 to 1 step 1 | count
        [0]
        > range ['a b'] from int(1) to int(2) step int(1) | getschema | project ColumnName, ColumnType
        ["a b","long"]
        > range x from 0.5 to 2 step 0.5 | summarize count(), max(x)
        [4,2]
        > range t from datetime(2024-01-01) to datetime(2024-01-03) step 1d
        ["2024-01-01T00:00:00Z"]
        ["2024-01-02T00:00:00Z"]
        ["2024-01-03T00:00:00Z"]
        > range t from 1h to 3h step 2h
        ["01:00:00"]
        ["03:00:00"]
        > range x from 9223372036854775806 to 9223372036854775807 step 1
        [9223372036854775806]
        [9223372036854775807]
        > range x from 1 to long(null) step 1 | count
        [0]
        > range x from 1 to 1000000 step 1 | where x % 2 == 0 | summarize count(), sum(x)
        [500000,250000500000]
        > let n = 3; let r = range x from 1 to n step 1; r | count
        [3]
        > set notruncation; set query_take_max_records = 10; T | count
        [5]
        > T | where i == 2 | project i, l, s
        [2,20,"Banana"]
        [2,50,""]
        > T | where i != 2 | project i
        [1]
        [3]
        [null]
        > T | where r > 0 and b | project l
        [10]
        > T | where b or l > 15 | project l
        [10]
        [20]
        [30]
        [50]
        > T | where not(b) | project l
        [20]
        [50]
        > T | where isnull(i) | project isempty(s), isnull(dt), isnull(d), s
        [true,true,true,""]
        > T | filter s has "APPLE" | project s
        ["apple pie"]
        ["apple"]
        > T | where s startswith "a" and s !endswith "pie" | project s
        ["apple"]
        > T | where s in ("apple", "Banana") | project s
        ["Banana"]
        ["apple"]
        > T | where s in~ ("BANANA") | project s
        ["Banana"]
        > T | where s has_any ("pie", "zzz") | project s
        ["apple pie"]
        > T | where s has_all ("pie", "apple") | project s
        ["apple pie"]
        > T | where i in (1, 3) | project i
        [1]
        [3]
        > T | where i !in (1, 3) | project i
        [2]
        [null]
        [2]
        > T | where dt between (datetime(2024-01-01) .. 1d) | project dt
        ["2024-01-01T10:00:00Z"]
        ["2024-01-01T22:30:00.1234567Z"]
        ["2024-01-02T00:00:00Z"]
        > T | where dt >= datetime(2024-01-01 22:30) and dt < datetime(2024-01-02) | project dt
        ["2024-01-01T22:30:00.1234567Z"]
        > T | where ts > 30m | project ts
        ["01:00:00"]
        ["1.00:00:00"]
        > T | where g == guid(74be27de-1e4e-49d9-b579-fe0b331d3642) | count
        [2]
        > T | where d.k == "one" | project d.x, d.a.b[1]
        [1,2]
        > T | where tolong(d.x) > 1 | project d
        [{"x":2,"k":"two"}]
        > T | where d has "two" | project l
        [20]
        > T | project i, doubled = l * 2, i / 2, i % 2, r + 1, dec * 2
        [1,20,0,1,2.5,"2.20"]
        [2,40,1,0,-1.5,"4.40"]
        [3,60,1,1,null,"6"]
        [null,null,null,null,null,null]
        [2,100,1,0,2.5,null]
        > T | extend l = l + 1, n = strlen(s) | project l, n
        [11,9]
        [21,6]
        [31,5]
        [null,0]
        [51,0]
        > T | sort by l asc | project l
        [null]
        [10]
        [20]
        [30]
        [50]
        > T | sort by l | project l
        [50]
        [30]
        [20]
        [10]
        [null]
        > T | order by i asc nulls last, l desc | project i, l
        [1,10]
        [2,50]
        [2,20]
        [3,30]
        [null,null]
        > T | sort by s asc, l asc | project s, l
        ["",null]
        ["",50]
        ["Banana",20]
        ["apple",30]
        ["apple pie",10]
        > T | top 2 by r desc | project r
        [1.5]
        [1.5]
        > T | top 2 by l asc nulls last | project l
        [10]
        [20]
        > T | take 2 | project l
        [10]
        [20]
        > T | limit 0
        > T | distinct i
        [1]
        [2]
        [3]
        [null]
        > T | distinct b, isnull(r)
        [true,false]
        [false,false]
        [true,true]
        [null,true]
        > T | summarize count() by i
        [1,1]
        [2,2]
        [3,1]
        [null,1]
        > T | summarize count(), sum(l), avg(r), min(dt), max(s) by b | sort by b asc nulls last
        [false,2,70,-0.5,"2023-12-31T23:59:59Z","Banana"]
        [true,2,40,1.5,"2024-01-01T10:00:00Z","apple pie"]
        [null,1,0,null,null,""]
        > T | summarize count() by startofday(dt), b | sort by dt asc, b asc
        [null,null,1]
        ["2023-12-31T00:00:00Z",false,1]
        ["2024-01-01T00:00:00Z",false,1]
        ["2024-01-01T00:00:00Z",true,1]
        ["2024-01-02T00:00:00Z",true,1]
        > T | summarize count(), sum(l) by bin(l, 20) | sort by l asc
        [null,1,0]
        [0,1,10]
        [20,2,50]
        [40,1,50]
        > T | summarize arg_max(l, s, dt) by i | sort by i asc nulls last
        [1,10,"apple pie","2024-01-01T10:00:00Z"]
        [2,50,"","2023-12-31T23:59:59Z"]
        [3,30,"apple","2024-01-02T00:00:00Z"]
        [null,null,"",null]
        > T | summarize arg_min(l, *) by b | project b, l, s | sort by l asc nulls last
        [true,10,"apple pie"]
        [false,20,"Banana"]
        [null,null,""]
        > T | summarize dcount(i), count_distinct(s), countif(l > 10), sumif(l, b), avgif(l, b), dcountif(s, b)
        [3,4,3,40,20,2]
        > T | summarize make_list(i), make_set(i), make_list_if(l, b), make_set_if(s, isnotempty(s)), make_list(l, 2)
        [[1,2,3,2],[1,2,3],[10,30],["apple pie","Banana","apple"],[10,20]]
        > T | summarize percentile(l, 50), percentiles(l, 0, 100), max(l) - min(l), round(avg(l), 1)
        [20,10,50,40,27.5]
        > T | summarize sum(ts), avg(ts), min(ts), max(ts), sum(dec), avg(dec), avg(dt)
        ["1.00:59:59","08:19:59.6666666","-00:00:01","1.00:00:00","6.30","2.10","2024-01-01T14:07:29.7808641Z"]
        > T | summarize stdev(l), variance(l), stdevp(l), variancep(l)
        [17.07825127659933,291.6666666666667,14.79019945774904,218.75]
        > T | summarize take_any(s) by i | sort by i asc nulls last
        [1,"apple pie"]
        [2,"Banana"]
        [3,"apple"]
        [null,""]
        > T | summarize x = take_any(l)
        [10]
        > T | summarize n = count() by k = tostring(d.k) | sort by k asc
        ["",3]
        ["one",1]
        ["two",1]
        > T | summarize by b | sort by b asc
        [null]
        [false]
        [true]
        > T | project-away i, r, dec, b, dt, ts, g, s, d | take 1
        [10]
        > T | project-keep l, i | take 1
        [1,10]
        > T | project-rename number = l | project number | take 1
        [10]
        > T | project-reorder s, l* | project-keep s, l | take 1
        ["apple pie",10]
        > T | getschema
        ["i",0,"System.Int32","int"]
        ["l",1,"System.Int64","long"]
        ["r",2,"System.Double","real"]
        ["dec",3,"System.Data.SqlTypes.SqlDecimal","decimal"]
        ["b",4,"System.SByte","bool"]
        ["dt",5,"System.DateTime","datetime"]
        ["ts",6,"System.TimeSpan","timespan"]
        ["g",7,"System.Guid","guid"]
        ["s",8,"System.String","string"]
        ["d",9,"System.Object","dynamic"]
        > T | where l > 1000 | summarize count()
        [0]
        > T | where l > 1000 | summarize count() by i
        > T | where l > 1000 | count
        [0]
        > ['a table'] | count
        [0]
        > ["a table"] | summarize sum(n), make_list(n)
        [0,[]]
        > (T | where l > 10) | where l < 40 | count
        [2]
        > let lim = 25; let big = T | where l > lim; big | summarize count(), max(l)
        [2,50]
        > let t = datatable(a:int, b:string)[1, "x", 2, "y"]; t | where a == 2
        [2,"y"]
        > T | render barchart | count
        [5]
        > datatable(v:real)[1, real(nan), real(null), real(-inf), real(+inf), -5] | sort by v asc
        [null]
        ["NaN"]
        ["-Infinity"]
        [-5]
        [1]
        ["Infinity"]
        > datatable(v:real)[1, real(nan), real(null), real(-inf), real(+inf), -5] | sort by v desc
        ["Infinity"]
        [1]
        [-5]
        ["-Infinity"]
        ["NaN"]
        [null]
        > datatable(v:real)[1, real(nan), real(null), real(-inf), real(+inf), -5] | sort by v desc nulls first
        [null]
        ["NaN"]
        ["Infinity"]
        [1]
        [-5]
        ["-Infinity"]
        > datatable(x:long)[] | summarize count(), sum(x), avg(x), min(x), dcount(x), make_list(x), make_set(x), stdev(x), arg_max(x,*), percentile(x,50), take_any(x), countif(x>1)
        [0,0,null,null,0,[],[],0,null,null,null,0]
        > datatable(val:int)[5, int(null)] | extend a = val > 3, b = val > 3 or isnull(val), c = val == int(null), e = val != int(null)
        [5,true,true,false,true]
        [null,null,true,null,null]
        > datatable(ival:int, sval:string)[5, "a", int(null), "b"] | where ival != 5
        [null,"b"]
        > datatable(A:int,B:int)[5,2,10,1,int(null),3,1,int(null),int(null),int(null)] | project min_of(A,B), max_of(A,B)
        [2,5]
        [1,10]
        [3,3]
        [1,1]
        [null,null]
        > datatable(a:long, b:string)[1,"x",2,"y",2,"y"] | distinct *
        [1,"x"]
        [2,"y"]
        > datatable(d:dynamic)[dynamic(1), dynamic(null), dynamic(2.5)] | where d > 1
        [2.5]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Operator_gives_the_rows(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));
}
