namespace AdxFlow.Clients.Tests.Queries;

/// <summary>
/// Whole queries: the columns of the result are those that the official parser gives. Where the parser and the documentation
/// part (<c>union kind=inner</c>, <c>union *</c> and <c>search</c> of all tables, the number of a column that <c>union</c> renames), the stand-in follows the
/// documentation, and its own tests say so.
/// </summary>
public sealed class QuerySchemaTests(KqlParser parser)
{
    private const string Queries = """"
        T | join kind=inner (T) on i
        T | project i, s | join U on i
        T | project i, s | join U on $left.i == $right.i, s
        T | project i, s | join kind=leftsemi U on i
        T | project i, s | join kind=rightsemi U on i
        T | project i, s | join kind=leftanti U on i
        T | project i, s | join kind=anti U on i
        T | project i, s | join kind=leftantisemi U on i
        T | project i, s | join kind=rightanti U on i
        T | project i, s | join kind=rightantisemi U on i
        T | project i, s | join kind=leftouter U on i
        T | project i, s | join kind=fullouter U on i
        T | project i, s, s1=s | join kind=fullouter U on i
        T | project i, s | join hint.strategy=broadcast kind=inner U on i
        T | join kind=inner T on r
        T | project i, s | lookup U on i
        T | project i, s | lookup kind=inner U on i
        T | project i, s | lookup U on s, $left.i == $right.i
        T | union U
        T | project i, s | union U
        union T, U
        union kind=outer T, U
        union T2, U
        union withsource=src T2, U
        union withsource=i T2, U
        union T*
        union T*, U
        union (T | project i), (T2 | project i)
        union (T | project i), (T2 | project i=tostring(i))
        T | project i | union (T2 | project i), (U | project i)
        let x = T; union x, U
        T | mv-expand d
        T | mv-expand d to typeof(long)
        T | mv-expand d.x
        T | mv-expand x = d.x to typeof(string)
        T | mv-expand with_itemindex=idx d
        T | mv-expand d limit 3
        T | mv-expand bagexpansion=array d
        T | mv-expand kind=array d
        T | mv-expand x=d, y=d.x to typeof(int)
        T | mv-expand split(s, ",")
        T | mv-expand a=split(s, ",") to typeof(string) limit 5
        T | mvexpand d
        T | mv-expand bag_pack("a", 1)
        T | mv-expand d["x"]
        T | mv-expand dt=d
        T | parse s with * "a" x ":" y:long *
        T | parse kind=regex flags=Ui s with * "a" x
        T | parse kind=relaxed d with * "a" x:datetime
        T | parse-where s with * "a" x
        T | parse kind = regex s with x:long "b" y:dynamic
        T | mv-expand with_itemindex=idx x = d
        T | mv-expand with_itemindex=i d
        T | mv-expand kind=bag with_itemindex=idx d, y=d.x to typeof(long) limit 10
        T | as X | count
        T | as hint.materialized=true X | union X
        T | as X | join (X) on i
        let f = (x:long) { x * 2 }; T | extend y = f(l)
        let f = (x:long, y:string="a") { strcat(y, x) }; print f(1), f(1, "b"), f(1, y="c")
        let f = (tt:(a:long), n:long) { tt | where a > n }; f((range a from 1 to 5 step 1), 2)
        let f = (tt:(*)) { tt | count }; f(T)
        let f = view () { T | project i }; union f, U
        let f = () { 5 }; print f, f()
        let f = () { T | project i }; f | count
        let f = () { T | project i }; f() | count
        let f = materialize(T | project i); f | union f
        print toscalar(T | count)
        print x=toscalar(T | summarize max(dt)), y=toscalar(T)
        T | where i in (T | project i)
        T | where i in (U)
        T | where i !in ((U | project i))
        T | where s in~ (toscalar(U | summarize make_list(s)))
        T | where s has_any (U | project s)
        let k = U | project s; T | where s in (k)
        T | count as N
        T | project-reorder i desc
        T | project-reorder s asc, * desc
        T | extend x = i, d.y
        T | where s has_any (dynamic(["a"]))
        table("T") | count
        let f = (x:int) { x }; print f(1)
        let f = (x:real) { x }; print f(1)
        let f = (x:long) { T | where l > x }; f(5) | count
        let y = 1; let f = (x:long) { let z = x + y; z * 2 }; print f(1)
        let f = () { T }; f
        let f = () { T; }; f
        let f = (a:long, b:string = "x", c:long = 0) { strcat(a, b, c) }; print f(12, c=7)
        let a=(){123}; range x from 1 to 10 step 1 | extend y = x * a, z = x * a()
        let f = (x:long) { x }; T | project f(i), f(l), z=f(1)
        let f = (x:long) { x }; T | summarize f(sum(l)), count() by f(i)
        let T = U; T | count
        let f = view () { T }; let g = view () { T2 }; union withsource=src f, g
        let x = T | project i; x | union x
        T | project s | join kind=leftouter (U) on s | project s, s1, i
        T | extend toscalar(U | count), x = toscalar(U | project s)
        T | as X | where i in (X)
        let f = () { U }; T | join f() on i
        let f = () { U }; T | union f()
        let f = () { U }; T | join f on i
        T | summarize hint.strategy=shuffle count() by s
        T | distinct hint.strategy=shuffle s
        T | union hint.concurrency=4 U
        print toscalar(range x from 1 to 5 step 1 | summarize sum(x))
        T | where i in (range x from 1 to 5 step 1)
        T | where i in (datatable(a:long)[1])
        T | where i in (U | summarize max(i))
        T | serialize
        T | serialize row_number()
        T | serialize rn = row_number(), prev(l), next(s, 2), l2 = prev(l, 1, 0)
        T | serialize s = l, row_number()
        T | sort by l | project row_number(5, b), row_cumsum(l), row_cumsum(i), x = row_cumsum(r, b)
        T | sort by l | extend row_rank_dense(l), row_rank_min(s, b), row_window_session(dt, 1h, 5m, b)
        T | sort by l | project prev(i), prev(r), prev(dec), prev(b), prev(dt), prev(ts), prev(g), prev(s), prev(d), next(d, 2)
        T | top 5 by l | where prev(l) != l
        T | sort by l | summarize sum(prev(l)), count() by row_cumsum(i)
        T | serialize | sort by prev(l)
        T | serialize | extend max_of(prev(l), l), row_number() + 1
        T | make-series count() on dt step 1d
        T | make-series count() on dt from datetime(2024-01-01) to datetime(2024-01-05) step 1d
        T | make-series kind=nonempty x=avg(l) default=1.0, sum(r) on dt from datetime(2024-01-01) to datetime(2024-01-05) step 1d by s, bin(i, 2)
        T | make-series avg(l) on l from 1 to 5 step 1 by i
        T | make-series avg(l) on r step 1.5
        T | make-series avg(l) on ts step 1h
        T | make-series avg(l) on t=bin(dt, 1h) step 1h
        T | make-series avg(l) on bin(dt, 1h) to datetime(2024-01-01) step 1h by k = s, l
        T | make-series avg(l) + 1, count(), count() on dt step 1h
        T | make-series hint.shufflekey=s count() on dt step 1h by s
        T | make-series round(avg(l), 1), max(l) - min(l) on dt step 1h by s
        T | make-series stdev(l) default=1, variance(l), dcount(s), countif(b), sumif(l,b), minif(l,b), avgif(l, b) on dt step 1h
        T | mv-apply d on (take 1)
        T | mv-apply x=d to typeof(long) on (summarize m=max(x))
        T | project i, d | mv-apply d on (summarize m=make_list(d))
        T | project i, d | mv-apply d to typeof(long) on (where d > i)
        T | project i, d | mv-apply with_itemindex=idx x=d on (where idx > 1)
        T | project i, d | mv-apply x=d, y=d.x to typeof(int) limit 3 on (extend z = y + i)
        T | project i, d | mv-apply d.x on (take 1)
        T | project i, d | mv-apply split("a", ",") on (take 1)
        T | project i, d | mv-apply x=d on (project i = 5)
        T | project i, d | mv-apply x=d on (extend i = 5)
        T | project i, d | mv-apply x=d on (summarize count() by i)
        T | project i, d | mv-apply x=d on (project x, d)
        T | project i, d, s | mv-apply x=d on (join (U) on i)
        T | project i, d | mv-apply removed = d on (mv-expand kind=array d | where d[1] startswith "a" | summarize p = make_set(tostring(d[0])))
        T | project i, d | mv-apply d on (count)
        T | project i, d | mv-apply x = d on (getschema)
        T | project i, d | mv-apply x = d on (union U)
        T | project d, i, s | mv-apply d to typeof(long) on (project q=1, s="x", d)
        T | project d, i, s | mv-apply d on (project-rename k=d)
        T | project d, i, s | mv-apply with_itemindex=i d on (take 1)
        T | project d, i, s | mv-apply d, e = d.x on (project e)
        T | project d, i, s | mv-apply d on (mv-apply e = d.x on (take 1))
        T | search "a"
        U | search *
        search in (U, T2) "a"
        search in (U) "a"
        search in (U, T2) s:"a"
        search in (T2, U) *
        search kind=case_sensitive in (U) "a"
        search in (U) s matches regex "a.*"
        search in (U) "a" and ("b" or "c*")
        search in (U) "a" or i == 3
        search in (U) s:"a*" and not(s:"b")
        search in (U) * has "a"
        search in (U, T2) "a" | summarize count() by $table
        (U | take 1) | search "a"
        T | as X | search "a"
        T | where * has "a"
        T | project pack_all(), pack_all(true), x = column_ifexists('l', 5), y = column_ifexists('zz', 5), current_database()
        T | project array_sort_asc(d, false), x=array_sort_desc(d), array_sort_asc(d.x), repeat(d, 2), repeat(1, 2)
        T | summarize make_bag(d), make_bag_if(d, b), make_list_with_nulls(i), binary_all_and(l), binary_all_or(l), variancepif(l, b)
        T | partition by i (take 1)
        T | partition by i (summarize count() by s)
        T | partition hint.strategy=native by i (top 1 by l | project i, l)
        T | partition hint.strategy=shuffle hint.shufflekey=i by i (count)
        T | partition hint.concurrency=4 by s (join U on s)
        T | sample 5
        T | extend ingestion_time(), extent_id(), extent_tags(), extentid() | take 1
        T | project ingestion_time(), i, extent_id(), x = extent_tags()
        T | summarize max(ingestion_time()), count() by extent_id()
        T | summarize max(ingestion_time()) by bin(ingestion_time(), 1h), tostring(extent_tags())
        T | summarize arg_max(ingestion_time(), i, s) by b
        T | summarize arg_max(ingestion_time(), *) by i
        print ingestion_time(), extent_id(), extent_tags()
        T | mv-expand extent_tags()
        T | project parse_url(s), parse_urlquery(s), parse_path(s), format_bytes(l), format_bytes(r, 1), x = format_bytes(i, 1, 'KB'), format_ipv4(s), format_ipv4(l, 24), format_ipv4_mask(s, 8)
        T | project has_ipv4(s, s), has_any_ipv4(s, s, s), has_any_ipv4(s, d), has_any_ipv4_prefix(s, d), ipv4_is_in_any_range(s, d), parse_ipv4_mask(s, 24), ipv4_netmask_suffix(s), base64_encode_fromguid(g), datetime_utc_to_local(dt, s)
        T | evaluate bag_unpack(d) : (x:long, k:string)
        T | evaluate bag_unpack(d) : (*, x:long, k:string)
        T | evaluate bag_unpack(d, 'p_') : (*, p_x:long)
        T | evaluate pivot(s, sum(l), i) : (i:int, a:long)
        T | project i, s, dt | evaluate hint.distribution=per_node narrow()
        T | sample-distinct 5 of i
        """";

    public static TheoryData<string> All => [.. Queries.ReplaceLineEndings("\n").Split('\n')];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Columns_are_those_of_the_official_parser(string query)
    {
        ParsedText parsed = await parser.AnalyzeAsync(query, StandIn.Tables);
        Assert.Empty(parsed.Faults);
        Assert.Equal(parsed.Columns, StandIn.Columns(query));
    }
}
