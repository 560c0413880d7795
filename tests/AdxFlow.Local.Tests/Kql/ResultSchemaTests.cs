namespace AdxFlow.Local.Tests.Kql;

/// <summary>Names and types of result columns, as the official parser (@kusto/language-service-next 12.4.1) gives them for the same query on the same table.</summary>
public sealed class ResultSchemaTests
{
    private const string Cases = """"
        > T | summarize count(), sum(i), avg(l) by bin(dt,1d), s
        dt:datetime, s:string, count_:long, sum_i:long, avg_l:real
        > T | summarize sum(i), sum(l), sum(r), sum(dec), sum(ts), avg(i), avg(dec), avg(ts), avg(dt)
        sum_i:long, sum_l:long, sum_r:real, sum_dec:decimal, sum_ts:timespan, avg_i:real, avg_dec:decimal, avg_ts:timespan, avg_dt:datetime
        > T | summarize min(s), max(dt), min(ts), minif(i,b), maxif(l,b), countif(b), sumif(i,b), avgif(i,b), dcount(s), dcountif(s,b)
        min_s:string, max_dt:datetime, min_ts:timespan, minif_i:int, maxif_l:long, countif_b:long, sumif_i:long, avgif_i:real, dcount_s:long, dcountif_s:long
        > T | summarize arg_max(dt,*) by s
        s:string, dt:datetime, i:int, l:long, r:real, dec:decimal, b:bool, ts:timespan, g:guid, d:dynamic
        > T | summarize arg_max(dt, l, r) by s
        s:string, dt:datetime, l:long, r:real
        > T | summarize arg_max(dt, x=l, r+1), arg_min(l, s)
        dt:datetime, x:long, max_dt_arg2:real, l:long, s:string
        > T | summarize make_list(i), make_set(s), take_any(i), take_any(*), any(s)
        list_i:dynamic, set_s:dynamic, i:int, i1:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, any_s:string
        > T | summarize take_any(i, l)
        i:int, l:long
        > T | summarize percentile(l, 50), percentiles(l, 50, 95), stdev(i), variance(i)
        percentile_l_50:long, percentile_l_501:long, percentile_l_95:long, stdev_i:real, variance_i:real
        > T | summarize by s, bin(dt, 1h)
        s:string, dt:datetime
        > T | summarize x=count(), count(), count()
        x:long, count_:long, count_1:long
        > T | project i, i+1, l*2, s, d.x, tolower(s), x=i, bin(i,2), -i, "a", 1
        i:int, Column1:long, Column2:long, s:string, d_x:dynamic, Column3:string, x:int, i1:long, Column4:long, Column5:string, Column6:long
        > T | extend i+1, x=1, l=2, tolower(s), d.a.b
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, Column1:long, x:long, Column2:string, d_a_b:dynamic
        > T | extend i, s
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | project i/2, i/2.0, i%2, l/dec, r/i, i+l, i+r, i+dec, dt-dt, dt+1d, dt-1d, ts/ts, ts*2, ts/2, ts+ts, -ts, 2*ts, 1.5*ts
        Column1:long, Column2:real, Column3:long, Column4:decimal, Column5:real, Column6:long, Column7:real, Column8:decimal, Column9:timespan, Column10:datetime, Column11:datetime, Column12:real, Column13:timespan, Column14:timespan, Column15:timespan, Column16:timespan, Column17:timespan, Column18:timespan
        > print 1, "a", x=3, 1+1, now()
        print_0:long, print_1:string, x:long, print_3:long, print_4:datetime
        > print a=1, 2, 3
        a:long, print_1:long, print_2:long
        > print strcat("a","b"), tolower("X"), bin(5,2)
        print_0:string, print_1:string, print_2:long
        > T | count
        Count:long
        > T | distinct i, s
        i:int, s:string
        > T | distinct i+1, tolower(s)
        Column1:long, Column2:string
        > T | top 5 by l
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | sort by i+1
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | getschema
        ColumnName:string, ColumnOrdinal:long, DataType:string, ColumnType:string
        > T | project-away i, l
        r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | project-keep s*, i
        i:int, s:string
        > T | project-rename q=i
        q:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | project-reorder s, i
        s:string, i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, d:dynamic
        > T | where b
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | where i in (1,2,3) and s in~ ("a") and l !in (1)
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | where d has "a"
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | where dt between (datetime(2020-01-01) .. 1d)
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | where i between (1 .. 5.5)
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | summarize count() by bin(i, 10), b1=bin(r, 0.5), c=bin(ts, 1m), e=floor(l,2), f=bin(i,2.5), bin(l,1.5)
        i:long, b1:real, c:timespan, e:long, f:real, l:real, count_:long
        > T | summarize max(b)
        max_b:bool
        > T | extend a=iff(b,1,"a")
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, a:dynamic
        > T | extend a=dayofmonth(dt), b4=dayofweek(dt), c=datetime_diff("day",dt,dt), e=datetime_add("day",1,dt), f=getyear(dt), h=format_datetime(dt,"yyyy"), i4=strlen(s), j=indexof(s,"a"), k=split(s,","), l4=substring(s,1), m=array_length(d), n=bag_keys(d), o=extract("a",0,s), p=hourofday(dt), q=dayofyear(dt), r2=monthofyear(dt), t4=extract("a",0,s,typeof(long))
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, a:int, b4:timespan, c:long, e:datetime, f:int, h:string, i4:long, j:long, k:dynamic, l4:string, m:long, n:dynamic, o:string, p:int, q:int, r2:int, t4:long
        > T | take 5 | limit 3
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | where s matches regex "a.*"
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > print x=dynamic({"a":1}).a, y=dynamic([1,2])[0]
        x:dynamic, y:dynamic
        > print 1d, 1.5h, 10microsecond, 1tick
        print_0:timespan, print_1:timespan, print_2:timespan, print_3:timespan
        > T | summarize count() by s | sort by count_ desc
        s:string, count_:long
        > T | project ['a b']=i, ["x"]=l
        a b:int, x:long
        > T | project b and b, not(b), i==1, isnull(i)
        Column1:bool, Column2:bool, Column3:bool, Column4:bool
        > T | project abs(i), strcat(s,"a"), tostring(i), toint(l), dayofweek(dt), strlen(s), iff(b,i,1), d.x.y, d["a b"], d.x[0], array_length(d), tolong(d.x), round(r,1), startofday(dt)
        i:long, Column1:string, i1:string, l:int, Column2:timespan, strlen_s:long, Column3:long, d_x_y:dynamic, d_a b:dynamic, d_x_0:dynamic, Column4:long, d_x:long, r:real, dt:datetime
        > T | summarize avg(r), sum(tolong(s)), dcount(tolower(s)), make_set(tolower(s)), count() by strcat(s,"x"), dayofweek(dt), tostring(d.x)
        Column1:string, Column2:timespan, d_x:string, avg_r:real, sum_s:long, dcount_:long, set_:dynamic, count_:long
        > T | extend tolong(i)
        i:long, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | extend tolower(s), x=d.x, d.x
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, Column1:string, x:dynamic, d_x:dynamic
        > T | extend tolong(i), tolong(i), tolong(d.x)
        i:long, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, d_x:long
        > T | extend abs(i)
        i:long, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | extend i=l, l=i
        i:long, l:int, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | summarize by tolong(i), i
        i:long, i1:int
        > T | summarize tolong(sum(i)), toint(max(l)), strcat("a", tostring(count()))
        sum_i:long, max_l:int, Column1:string
        > T | project iff(b,1,"a"), d.x == 1, d.x > 5, d.x == s, d == d, d.x == dt, d.x in (1,2), d.x in ("a"), d has "a", d.x contains "y", d.x startswith "z"
        Column1:dynamic, Column2:bool, Column3:bool, Column4:bool, Column5:bool, Column6:bool, Column7:bool, Column8:bool, Column9:bool, Column10:bool, Column11:bool
        > T | project ts between (1d .. 2d), dt between (dt .. dt), dt !between (dt .. 1d)
        Column1:bool, Column2:bool, Column3:bool
        > T | take 2+3
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | distinct s, x=i
        s:string, x:int
        > T | project-keep l, i
        i:int, l:long
        > T | extend i=i+1, j=i
        i:long, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, j:int
        > T | where i == 1;
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T; T
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > let x = 1; T | where i == x
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > print ['a'] = 1
        a:long
        > print dynamic([1,2,3])[0]
        print_0:dynamic
        > print todynamic("1").x.y
        print_0:dynamic
        > T | project dynamic(null), guid(null), decimal(1.5), time(1d), long(0x1F)
        Column1:dynamic, Column2:guid, Column3:decimal, Column4:timespan, Column5:long
        > print 1/0, 1%0, 1.0/0
        print_0:long, print_1:long, print_2:real
        > print rand(), pi()
        print_0:real, print_1:real
        > T | summarize percentile(i, 50), percentile(r, 50), percentile(dt, 50), percentiles(r, 5, 50), percentile(ts,2)
        percentile_i_50:long, percentile_r_50:real, percentile_dt_50:datetime, percentile_r_5:real, percentile_r_501:real, percentile_ts_2:timespan
        > T | summarize arg_max(i+1, l), arg_min(tolower(s), *)
        max_:long, l:long, min_:string, i:int, l1:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | summarize arg_max(i, *), count()
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, count_:long
        > T | summarize arg_max(i, *), arg_min(l, *) by s
        s:string, i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, d:dynamic, l1:long, i1:int, r1:real, dec1:decimal, b1:bool, dt1:datetime, ts1:timespan, g1:guid, d1:dynamic
        > T | summarize arg_max(i)
        i:int
        > T | summarize x = arg_max(i, l)
        x:int, l:long
        > T | summarize x = take_any(i), y = min(l)
        x:int, y:long
        > T | summarize take_any(s) by s
        s:string, s1:string
        > T | summarize take_any(i+1)
        any_arg0:long
        > T | summarize min(i+1), max(tolower(s)), make_list(i+1), dcount(i+1), percentile(i+1, 5), avg(-i)
        min_:long, max_:string, list_:dynamic, dcount_:long, percentile__5:long, avg_:real
        > T | summarize count_=count(), count()
        count_:long, count_1:long
        > T | extend i+1 | extend i+2
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic, Column1:long, Column2:long
        > T | project Column1=i, l+1, l+2
        Column1:int, Column11:long, Column2:long
        > T | project abs(i), i
        i:long, i1:int
        > T | project i, abs(i)
        i:int, i1:long
        > T | distinct abs(i), i
        i:long, i1:int
        > T | summarize make_list_if(s, b), make_set_if(s,b), dcountif(s,b), stdevp(i), variancep(i), count_distinctif(s,b), take_anyif(s,b), avgif(l,b)
        list_s:dynamic, set_s:dynamic, dcountif_s:long, stdevp_i:real, variancep_i:real, count_distinctif_s:long, s:string, avgif_l:real
        > T | summarize any(i, s)
        any_i:int, any_s:string
        > T | summarize any(*) by s
        s:string, any_i:int, any_l:long, any_r:real, any_dec:decimal, any_b:bool, any_dt:datetime, any_ts:timespan, any_g:guid, any_d:dynamic
        > T | summarize arg_min(l, i, i)
        l:long, i:int, i1:int
        > T | summarize arg_max(l, *) by l
        l:long, l1:long, i:int, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | summarize arg_max(l, *) by x=l
        x:long, l:long, i:int, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | summarize round(sum(i), 1), sum(i)/count(), strcat(count(), "a"), bin(max(l), 5)
        sum_i:long, Column1:long, Column2:string, max_l:long
        > T | summarize iff(count() > 1, "a", "b")
        Column1:string
        > T | project-keep *
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | getschema | project ColumnName
        ColumnName:string
        > T | summarize strlen(take_any(s))
        strlen_:long
        > T | summarize max(s), max(b), min(b)
        max_s:string, max_b:bool, min_b:bool
        > T | project x = i in (1, 2.5), y = s in ("a", 'b'), z = ts in (1d)
        x:bool, y:bool, z:bool
        > T | project now(-1d), ago(1d), dt > ago(1d), 5 > 3, 'a' == s
        Column1:datetime, Column2:datetime, Column3:bool, Column4:bool, Column5:bool
        > T | project a = i == 1 and b or s == "x"
        a:bool
        > T | project a=i, b2=l
        a:int, b2:long
        > T | where i > 1 and l <= 5 | project s
        s:string
        > T | extend x = strcat(s, "!") | project-away d
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, x:string
        > T | summarize n=count(), total=sum(l) by s, day=startofday(dt)
        s:string, day:datetime, n:long, total:long
        > T | summarize max(i) by bin(i, 10)
        i:long, max_i:int
        > T | summarize avg(r) by tostring(d.kind)
        d_kind:string, avg_r:real
        > T | top 3 by dt asc nulls last
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | order by s asc, i desc nulls first
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | distinct s, bin(dt, 1h)
        s:string, dt:datetime
        > T | project x = d.a.b[0], y = d["k"], z = d[1]
        x:dynamic, y:dynamic, z:dynamic
        > T | project toint(s), tolong(s), todouble(s), todecimal(s), tobool(s), todatetime(s), totimespan(s), toguid(s), todynamic(s), parse_json(s)
        s:int, s1:long, s2:real, s3:decimal, s4:bool, s5:datetime, s6:timespan, s7:guid, s8:dynamic, s9:dynamic
        > T | project gettype(d), gettype(i)
        type_d:string, type_i:string
        > T | project substring(s, 1, 2), replace_string(s, "a", "b"), trim("a", s), trim_start("a", s), trim_end("a", s), toupper(s), reverse(s), strcat_delim("-", s, i), countof(s, "a"), strrep(s, 2)
        Column1:string, Column2:string, Column3:string, Column4:string, Column5:string, Column6:string, Column7:string, Column8:string, Column9:long, Column10:string
        > T | project isempty(s), isnotempty(s), isnull(i), isnotnull(i), isnan(r), isinf(r), isfinite(r)
        Column1:bool, Column2:bool, Column3:bool, Column4:bool, Column5:bool, Column6:bool, Column7:bool
        > T | project log(r), log10(r), log2(r), exp(l), pow(i, 2), sqrt(l), sign(i), abs(l)
        r:real, r1:real, r2:real, l:real, i:real, l1:real, Column1:real, l2:long
        > T | project endofday(dt), endofweek(dt), endofmonth(dt), endofyear(dt), startofweek(dt), startofmonth(dt), startofyear(dt)
        Column1:datetime, Column2:datetime, Column3:datetime, Column4:datetime, Column5:datetime, Column6:datetime, Column7:datetime
        > T | project dayofweek(dt), dayofmonth(dt), dayofyear(dt), monthofyear(dt), getyear(dt), getmonth(dt), hourofday(dt), datetime_part("hour", dt)
        Column1:timespan, Column2:int, Column3:int, Column4:int, Column5:int, Column6:int, Column7:int, Column8:int
        > T | project unixtime_seconds_todatetime(l), unixtime_milliseconds_todatetime(l), make_datetime(2020,1,2)
        Column1:datetime, Column2:datetime, Column3:datetime
        > T | project format_datetime(dt, "yyyy-MM-dd"), datetime_add("day", 1, dt), datetime_diff("day", dt, dt)
        dt:string, Column1:datetime, Column2:long
        > T | project array_length(d), bag_keys(d), pack_array(i, s), bag_pack("a", i), split(s, ","), split(d.x, ",")
        Column1:long, Column2:dynamic, Column3:dynamic, Column4:dynamic, s:dynamic, d_x:dynamic
        > T | project extract("(a)", 1, s), extract("(a)", 1, s, typeof(int)), extract("(a)", 1, s, typeof(datetime))
        Column1:string, Column2:int, Column3:datetime
        > T | project coalesce(i, l), coalesce(s, "x"), min_of(i, 5), max_of(r, l), case(b, "a", i > 5, "b", "c")
        Column1:long, Column2:string, Column3:long, Column4:real, Column5:string
        > T | project bin(r, 0.5), bin(dt, 1d), bin(ts, 1h), bin(i, 5), floor(i, int(5)), bin(dec, 1)
        r:real, dt:datetime, ts:timespan, i:long, i1:long, dec:decimal
        > T | project i * 1.5, l / 2, i / 2, r * r, dec + 1, dt - 1h, dt - dt, ts * 3, ts / 1s, -ts, l % 3
        Column1:real, Column2:long, Column3:long, Column4:real, Column5:decimal, Column6:datetime, Column7:timespan, Column8:timespan, Column9:real, Column10:timespan, Column11:long
        > T | project s == "a", s =~ "a", s !has "b", s contains_cs "x", s matches regex "^a", i in (1, 2), i !between (1 .. 3), not(b), b or i > 1
        Column1:bool, Column2:bool, Column3:bool, Column4:bool, Column5:bool, Column6:bool, Column7:bool, Column8:bool, Column9:bool
        > T | project-reorder s
        s:string, i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, d:dynamic
        > T | project s has_any ("a", "b"), s has_all ("a", "b")
        Column1:bool, Column2:bool
        > T | summarize minif(l, b), maxif(r, b), sumif(i, i > 1), countif(i > 1), avgif(dt, b), dcountif(i, b), take_any(s), make_set(i, 5), make_list(s)
        minif_l:long, maxif_r:real, sumif_i:long, countif_:long, avgif_dt:datetime, dcountif_i:long, s:string, set_i:dynamic, list_s:dynamic
        > T | summarize stdev(i), variance(r), percentile(l, 50), percentiles(r, 5, 95), count_distinct(s)
        stdev_i:real, variance_r:real, percentile_l_50:long, percentile_r_5:real, percentile_r_95:real, count_distinct_s:long
        > T | summarize arg_max(dt, *) by s | project-away i
        s:string, dt:datetime, l:long, r:real, dec:decimal, b:bool, ts:timespan, g:guid, d:dynamic
        > T | summarize arg_min(l, dt, y=i) by s, b
        s:string, b:bool, l:long, dt:datetime, y:int
        > T | summarize take_any(i, s), any(l)
        i:int, s:string, any_l:long
        > T | summarize round(avg(l), 2), 1.0 * sum(i) / count(), tolong(max(i))
        avg_l:real, Column1:real, max_i:long
        > T | summarize count(), count() by s
        s:string, count_:long, count_1:long
        > T | take 0
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > print datetime(2020-01-01), 1d, guid(74be27de-1e4e-49d9-b579-fe0b331d3642), int(5), decimal(1.5), dynamic([1]), true, "x"
        print_0:datetime, print_1:timespan, print_2:guid, print_3:int, print_4:decimal, print_5:dynamic, print_6:bool, print_7:string
        > print a = 1, b = "x", 3.5
        a:long, b:string, print_2:real
        > datatable(a:long, b:string)[1, "x", 2, "y"] | where a > 1
        a:long, b:string
        > let n = 5; T | take n
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > let t = T | where i > 1; t | count
        Count:long
        > let lim = 2; let t = T | project i; t | extend j = i * lim
        i:int, j:long
        > declare query_parameters(p:long = 5); T | where l == p | project l, p
        l:long, p:long
        > T | sort by dt asc | take 5 | project dt
        dt:datetime
        > T | project-keep d*, s
        dec:decimal, dt:datetime, s:string, d:dynamic
        > T | project-rename q=i, w=l
        q:int, w:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        > T | project now(), ago(1d), rand(), new_guid()
        Column1:datetime, Column2:datetime, Column3:real, Column4:guid
        > T | render timechart
        i:int, l:long, r:real, dec:decimal, b:bool, dt:datetime, ts:timespan, g:guid, s:string, d:dynamic
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Columns_are_those_of_the_official_parser(string query, string columns) => Assert.Equal(columns, QueryRunner.Columns(QueryRunner.Run(query)));
}
