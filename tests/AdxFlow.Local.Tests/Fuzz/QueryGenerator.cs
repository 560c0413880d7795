using System.Globalization;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Makes queries from a small grammar; most of them are valid, and none is random in its answer.</summary>
internal sealed class QueryGenerator(Random random)
{
    private static readonly string[] Sources =
    [
        "T", "U", "T2", "union T, U", "union withsource=src T2, U", "range x from 1 to 9 step 2 | extend i = toint(x), s = tostring(x)", "T | where i == 2",
        "datatable(i:int, s:string, l:long)[1, 'a', 5, 2, 'b', long(null), 1, '', 7]", "print i = 1, s = 'x', l = 2", "table('T')",
    ];

    private static readonly string[] Numbers = ["i", "l", "r", "dec", "1", "2.5", "-3", "strlen(s)", "long(null)", "toint(s)", "array_length(d)", "tolong(ingestion_time() > ago(1d))", "array_length(extent_tags())"];

    private static readonly string[] Texts = ["s", "'apple'", "tostring(i)", "tostring(d)", "tolower(s)", "substring(s, 1, 2)", "''", "tostring(extent_id())", "tostring(parse_path(s).Filename)", "strcat(s, '-', i)"];

    private static readonly string[] Keys = ["i", "s", "l", "b", "bin(l, 10)", "tostring(d.x)", "startofday(dt)", "strlen(s)"];

    public string Next()
    {
        string query = Pick(Sources);
        for (int left = random.Next(1, 5); left > 0; left--)
            query += $" | {Operator(2)}";
        return query;
    }

    private string Operator(int depth) => random.Next(22) switch
    {
        0 or 1 => $"where {Predicate(2)}",
        2 => $"extend v{random.Next(3).ToString(CultureInfo.InvariantCulture)} = {Value()}",
        3 => $"project i, s, w = {Value()}",
        4 => $"summarize {Aggregate()} by {Pick(Keys)}",
        5 => $"summarize {Aggregate()}, {Aggregate()}",
        6 => $"take {random.Next(5).ToString(CultureInfo.InvariantCulture)}",
        7 => $"sort by {Pick(Keys)} {Pick("asc", "desc", "asc nulls last", "desc nulls first")}",
        8 => $"top {random.Next(4).ToString(CultureInfo.InvariantCulture)} by {Pick(Keys)}",
        9 => $"distinct {Pick(Keys)}, {Pick(Keys)}",
        10 when depth > 0 => $"join kind={Pick("inner", "innerunique", "leftouter", "rightouter", "fullouter", "leftsemi", "rightsemi", "leftanti", "rightanti")} ({Pick("T", "U")} | {Operator(depth - 1)}) on {Pick("i", "s")}",
        11 when depth > 0 => $"union ({Pick(Sources)} | {Operator(depth - 1)})",
        12 => $"lookup {Pick("", "kind=inner ")}U on {Pick("i", "s")}",
        13 => $"mv-expand {Pick("d", "e = split(s, 'p')", "with_itemindex=n d", "d to typeof(long)")}",
        14 => $"serialize w{random.Next(2).ToString(CultureInfo.InvariantCulture)} = {Pick("row_number()", "prev(i)", "next(s, 2)", "row_rank_dense(s)", "row_rank_min(i, prev(i) != i)", "row_cumsum(coalesce(i, 0))")}",
        15 => $"make-series {Pick("n = count()", "avg(l) default = real(null)", "sum(i), max(l)")} on {Pick("i", "l", "dt")} {Pick("", "from 0 to 20 ")}step {Pick("1", "5", "1d")} by {Pick("s", "b", "i")}",
        16 => $"mv-apply {Pick("d", "x = d", "e = split(s, 'p')", "d to typeof(long)")} on ({Operator(depth - 1)})",
        19 => $"partition {Pick("", "hint.strategy=native ")}by {Pick("s", "i")} ({Operator(depth - 1)})",
        18 => $"search {Pick("'apple'", "*", "s:'an*' or 'one'", "kind=case_sensitive 'apple' and i > 1", "'*e*'")}",
        20 => $"evaluate {Pick("pivot(s, count(), i)", "pivot(s, sum(l), b)", "bag_unpack(d)", "bag_unpack(d, 'p_') : (*, p_x:long)", "bag_unpack(d, columnsConflict='keep_source')", "narrow()")}",
        17 => Pick("sample 2", "sample-distinct 2 of i", "sample-distinct 3 of s"),
        _ => $"parse s with {Pick("* 'p' a:long *", "a 'l' c", "* 'an' a", "a")}",
    };

    private string Predicate(int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => $"{Pick(Numbers)} {Pick("==", "!=", "<", "<=", ">", ">=")} {Pick(Numbers)}",
        1 => $"{Pick(Texts)} {Pick("==", "!=", "=~", "has", "contains", "startswith", "!endswith", "matches regex")} {Pick(Texts)}",
        2 => $"{Pick("isnull", "isnotnull", "isempty", "isnotempty")}({Pick("i", "s", "dt", "d", "g")})",
        3 => $"i {Pick("in", "!in")} ({Pick("1, 2", "U", "T | project i", "toscalar(U | summarize make_list(i))")})",
        4 => $"l between ({Pick(Numbers)} .. {Pick(Numbers)})",
        5 => $"not({Predicate(depth - 1)})",
        6 => $"({Predicate(depth - 1)} and {Predicate(depth - 1)})",
        _ => $"{Predicate(depth - 1)} or {Predicate(depth - 1)}",
    };

    private string Value() => random.Next(6) switch
    {
        0 => $"{Pick(Numbers)} {Pick("+", "-", "*", "/", "%")} {Pick(Numbers)}",
        1 => $"iff({Predicate(1)}, {Pick(Numbers)}, {Pick(Numbers)})",
        2 => $"case({Predicate(1)}, {Pick(Texts)}, {Predicate(1)}, {Pick(Texts)}, 'z')",
        3 => $"coalesce({Pick(Texts)}, {Pick(Texts)})",
        4 => $"pack_array({Pick(Numbers)}, {Pick(Texts)})",
        _ => Pick(Numbers),
    };

    private string Aggregate() => random.Next(6) switch
    {
        0 => "count()",
        1 => $"{Pick("sum", "avg", "min", "max", "stdev", "dcount")}({Pick(Numbers)})",
        2 => $"{Pick("min", "max", "dcount", "make_set", "make_list", "take_any")}({Pick(Texts)})",
        3 => $"countif({Predicate(1)})",
        4 => $"arg_max({Pick(Numbers)}, *)",
        _ => $"percentile({Pick(Numbers)}, 50)",
    };

    private string Pick(params string[] from) => from[random.Next(from.Length)];
}
