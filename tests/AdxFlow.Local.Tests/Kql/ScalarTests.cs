namespace AdxFlow.Local.Tests.Kql;

/// <summary>Literals, scalar operators and functions, many of them the examples of the documentation.</summary>
public sealed class ScalarTests
{
    private const string Cases = """"
        > print 1/0, 1%0, 1.0/0, -7/2, -14 % 12, 14 % -12, -14 % -12, -5.5 % 2, 5/2.0
        [null,null,"Infinity",-3,10,2,10,0.5,2.5]
        > print bin(-7, 5), bin(-7.5, 2), bin(datetime(1999-12-31 23:59:59), 1h), bin(-1h, 7h), bin(5, 0), bin(4.5, 1)
        [-10,-8,"1999-12-31T23:00:00Z","-07:00:00",null,4]
        > print 1 == int(null), int(null) == int(null), int(null) != 1, int(null) != int(null), int(null) < 1, bool(null) and false, bool(null) or true, not(bool(null)), bool(null) and true
        [false,null,true,null,null,false,true,null,null]
        > print int(null) in (1,2), int(null) !in (1,2), int(null) in (1, int(null)), 1 in (1, int(null)), 2 !in (1, int(null))
        [false,true,null,true,true]
        > print "North America" has "america", "North America" has "amer", "KustoExplorerQueryRun" has "Explorer", "ad67-c1db" has "c1db", "a_b" has "a", "North America" hasprefix "ame", "x" has "", "a-b c" has "b c"
        [true,false,false,true,true,true,true,true]
        > print "abc" contains "B", "abc" contains_cs "B", "abc" startswith "AB", "abc" !endswith "x", "aBc" =~ "AbC", "abc" matches regex "b+", "a" in~ ("A"), "b" !in~ ("A")
        [true,false,true,true,true,true,true,true]
        > print dynamic({"a":{"b":[1,2,{"c":"x"}]}}).a.b[2].c, dynamic([1,2,3])[-1], dynamic({"a":null}).a, parse_json('{"x":5}').x == 5, parse_json('[1,2]')
        ["x",3,null,true,[1,2]]
        > print strcat("a", 1, 1.0, true, 1d, datetime(2020-01-01), dynamic({"a":1}), int(null)), tostring(1.0), tostring(1e20), tostring(0.1)
        ["a11.0true1.00:00:002020-01-01T00:00:00.0000000Z{\"a\":1}","1.0","1E+20","0.1"]
        > print substring("123456",1), substring("123456",2,2), substring("123456",-2,2), split("aaa_bbb_ccc","_",1), split("","_"), trim("--","--https://bing.com--"), trim(@"[^\w]+","-  Te st1// $"), countof("ababa","aba"), reverse("abc"), indexof("abcdefg","cde")
        ["23456","34","56",["bbb"],[""],"https://bing.com","Te st1",2,"cba",2]
        > print datetime_diff('year',datetime(2017-01-01),datetime(2000-12-31)),datetime_diff('quarter',datetime(2017-07-01),datetime(2017-03-30)),datetime_diff('week',datetime(2017-10-29 00:00),datetime(2017-09-30 23:59)),datetime_diff('second',datetime(2017-10-30 23:00:10.100),datetime(2017-10-30 23:00:00.900)),datetime_diff('nanosecond',datetime(2017-10-30 23:00:00.0000000),datetime(2017-10-30 23:00:00.0000007)),datetime_diff('microsecond',datetime(2017-10-30 23:00:00.1009001),datetime(2017-10-30 23:00:00.1008009))
        [17,2,5,10,-700,100]
        > print startofweek(datetime(2017-01-01 10:10:17), -1), endofmonth(datetime(2020-02-10)), dayofweek(datetime(2017-01-02)), format_datetime(datetime(2017-01-29 09:00:05),'yy-MM-dd [HH:mm:ss]'), endofyear(datetime(9999-05-01)), endofweek(datetime(2017-01-01))
        ["2016-12-25T00:00:00Z","2020-02-29T23:59:59.9999999Z","1.00:00:00","17-01-29 [09:00:05]","9999-12-31T23:59:59.9999999Z","2017-01-07T23:59:59.9999999Z"]
        > print 1d/1s, 24*60*time(00:01:00)/time(1s), 86400*1s, 1.5h, timespan(15 seconds), timespan(2), timespan(0.12:34:56.7), 10microsecond, 1tick, datetime(2020-01-01)-datetime(2019-12-31)
        [86400,86400,"1.00:00:00","01:30:00","00:00:15","2.00:00:00","12:34:56.7000000","00:00:00.0000100","00:00:00.0000001","1.00:00:00"]
        > print round(2.98765,3), round(2.15,1), round(2.15), round(-50.55,-2), round(21.5,-1), sqrt(-1), log(-1), abs(-5), sign(-42), ceiling(-1.1)
        [2.988,2.2,2,-100,20,null,null,5,-1,-1]
        > print tolong("12"), toint("x"), todouble("1.5"), tobool("true"), tobool(123), todatetime("2015-12-31 23:59:59.9"), totimespan("0.00:03:00"), toguid("74be27de-1e4e-49d9-b579-fe0b331d3642"), toint(2.9), tolong(-2.9), todecimal("1.10")
        [12,null,1.5,true,true,"2015-12-31T23:59:59.9000000Z","00:03:00","74be27de-1e4e-49d9-b579-fe0b331d3642",2,-2,"1.10"]
        > print gettype(dynamic({"a":1})), gettype(parse_json('1')), gettype(1), gettype(parse_json('')), bag_keys(dynamic({"a":1,"b":2})), array_length(dynamic([1,2])), array_length(dynamic({})), isempty(parse_json("")), isnull("")
        ["dictionary","int","long","null",["a","b"],2,null,true,false]
        > print x=1 | extend y = x + 1, x = x + 10 | project x, y
        [11,2]
        > print extract("User: ([^,]+)", 1, "User: James, x"), extract("a(b)", 1, "zzz"), extract(@"-(\d{2})-", 1, "15-12-2024", typeof(int)), extract("x", 0, "y", typeof(long))
        ["James","",12,null]
        > print iff(true, 1, "a"), coalesce(tolong("q"), tolong("42"), 33), coalesce("", "z"), case(1>2, "a", 3>2, "b", "c"), iff(bool(null), 1, 2)
        [1,42,"z","b",2]
        > print dynamic({"d": datetime(1970-05-11), "t": 1d, "n": null, "x":[1,-2,3.5]})
        [{"d":"1970-05-11T00:00:00.0000000Z","t":"1.00:00:00","n":null,"x":[1,-2,3.5]}]
        > print 1 between (1 .. 3), 5 !between (1 .. 3), datetime(2020-01-02) between (datetime(2020-01-01) .. 2d), int(null) between (1 .. 2)
        [true,true,true,null]
        > print "it''s", 'a\'b', @"c:\x", @'it''s', "a" 'b', h"secret", ```multi```, "\u0041\x42"
        ["it''s","a'b","c:\\x","it's","ab","secret","multi","AB"]
        > print true, false, 0x1F, 1e3, -5, int(7), decimal(1.5), real(2), guid(74be27de-1e4e-49d9-b579-fe0b331d3642), dynamic([1,"a"]), bool(null), long(null)
        [true,false,31,1000,-5,7,"1.5",2,"74be27de-1e4e-49d9-b579-fe0b331d3642",[1,"a"],null,null]
        > print 2 + 3 * 4, (2 + 3) * 4, 10 - 4 - 3, -2 * -3, 7 / 2 * 2, not(1 == 1 and 2 == 3 or true)
        [14,20,3,6,6,false]
        > print trim("a", "aabaa"), trim_start("a", "aab"), trim_end("a", "baa"), strcat_delim("-", "a", 1), replace_string("aXbX", "X", "-"), toupper("ab"), strrep("ab", 2), strcmp("a", "b")
        ["b","b","b","a-1","a-b-","AB","abab",-1]
        > print pack_array(1, "a", dynamic(null)), bag_pack("a", 1, "b", dynamic([2])), bag_has_key(dynamic({"a":1}), "a")
        [[1,"a",null],{"a":1,"b":[2]},true]
        > print make_datetime(2020, 2, 30), make_datetime(2020, 2, 29), unixtime_seconds_todatetime(1546300800), unixtime_milliseconds_todatetime(1546300800123), datetime_add("month", 1, datetime(2020-01-31)), hourofday(datetime(2020-01-01 13:00)), datetime_part("quarter", datetime(2020-05-01))
        [null,"2020-02-29T00:00:00Z","2019-01-01T00:00:00Z","2019-01-01T00:00:00.1230000Z","2020-02-29T00:00:00Z",13,2]
        > print make_datetime(2021, 3, 4, 5, 6), make_datetime(2021, 3, 4, 5, 6, 7), make_datetime(2021, 3, 4, 5, 6, 7.0000001), make_datetime(2021, 3, 4, 5, 6, 59.9999999), make_datetime(2021, 3, 4, 5, 6, 60), make_datetime(2021, 3, 4, 5, 6, -0.5), make_datetime(2021, 3, 4, 24, 0)
        ["2021-03-04T05:06:00Z","2021-03-04T05:06:07Z","2021-03-04T05:06:07.0000001Z","2021-03-04T05:06:59.9999999Z",null,null,null]
        > print toguid("74be27de1e4e-49d9-b579-fe0b331d3642"), toguid("74be27de1e4e49d9b579fe0b331d3642 and more"), toguid("74b-e27de1e4e49d9b579fe0b331d3642"), toguid("74be27de1e4e49d9b579fe0b331d364"), toguid("74be27de1e4e49d9b579fe0b331d364x")
        ["74be27de-1e4e-49d9-b579-fe0b331d3642","74be27de-1e4e-49d9-b579-fe0b331d3642",null,null,null]
        > print bag_has_key(dynamic({"a":{"b c":{"d":null}},"l":[{"x":1}],"$.q":0}), "$.a['b c'].d"), bag_has_key(dynamic({"a":{"b":1}}), "$.a.c"), bag_has_key(dynamic({"l":[{"x":1}]}), "$.l[0].x"), bag_has_key(dynamic({"$.q":0}), "$.q"), bag_has_key(dynamic({"a":1}), "$"), bag_has_key(dynamic({"a":1}), "$.a."), bag_has_key(dynamic([1]), "$.a"), bag_has_key(dynamic({"a":{"b":1}}), '$["a"].["b"]')
        [true,false,false,true,false,false,null,true]
        > print todatetime("3-4-2021"), todatetime("12-31-2021 23:59"), datetime("11-30-2021") == datetime(2021-11-30)
        ["2021-03-04T00:00:00Z","2021-12-31T23:59:00Z",true]
        > print url_encode_component("a/b?c=d e"), toscalar(6 * 7), toscalar("x")
        ["a%2fb%3fc%3dd%20e",42,"x"]
        > let once = toscalar(new_guid()); range n from 1 to 3 step 1 | extend g = once | summarize dcount(g)
        [1]
        > let ['a b'] = 2; let f = () { let ['c d'] = 3; ['c d'] * ['a b'] }; print f()
        [6]
        > print 7d_average = 1.5, 2nd = dynamic({"3rd":{"4":5}}) | project 7d_average, 2nd.3rd["4"]
        [1.5,5]
        > print d = dynamic({"k":{"one":1}}), key = "one" | project d["k"].[key], d.["k"].one
        [1,1]
        > print strlen(strrep("ab", 1025)), strlen(strrep("a", 9000000000, "-")), strrep("a", 0)
        [2048,2047,""]
        > print isnan(real(nan)), isinf(real(+inf)), isfinite(1.0), pow(2, 3), exp(0), log10(100.0), log2(8), sign(0)
        [true,true,true,8,1,2,3,0]
        > print 1d + 2h, 1d - 25h, datetime(2020-01-01) + 1d - datetime(2020-01-01), 90m / 1h, 1h * 1.5, 1h / 2, 5h % 2h, -1d
        ["1.02:00:00","-01:00:00","1.00:00:00",1.5,"01:30:00","00:30:00","01:00:00","-1.00:00:00"]
        > print b = "x" == "X", c = "x" =~ "X", e = 1 == 1.0, f = 1 < 1.5, g = datetime(2020-01-01) < datetime(2020-01-02), h = 2d > 1h
        [false,true,true,true,true,true]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Expression_gives_the_values(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));
}
