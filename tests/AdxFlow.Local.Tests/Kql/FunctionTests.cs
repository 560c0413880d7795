namespace AdxFlow.Local.Tests.Kql;

/// <summary>Functions, views and tables that a query defines, and tabular expressions within scalar ones: the query, and below it its rows.</summary>
public sealed class FunctionTests
{
    private const string Cases = """"
        > let f = (a:long, b:string = "x", c:long = 0) { strcat(a, b, c) }; print f(12, c=7)
        ["12x7"]
        > let Test = (id: int) { let Test2 = 10; let Test3 = 10 + Test2 + id; let Test4 = (arg: int) { let Test5 = 20; Test2 + Test3 + Test5 + arg }; Test4(10) }; range x from 1 to Test(10) step 1 | count
        [70]
        > let MyFilter = (T:(x:long), v:long) { T | where x >= v }; MyFilter((range x from 1 to 10 step 1), 9)
        [9]
        [10]
        > let MyDistinct = (T:(*)) { T | distinct * }; MyDistinct((range x from 1 to 3 step 1))
        [1]
        [2]
        [3]
        > let a=(){123}; range x from 1 to 2 step 1 | extend y = x * a, z = x * a()
        [1,123,123]
        [2,246,246]
        > T | where i in (U) | project i
        [1]
        [2]
        [2]
        > T | where s in~ ((datatable(x:string)["BANANA"])) | project s
        ["Banana"]
        > T | where s has_any (datatable(x:string)["pie", "none"]) | project s
        ["apple pie"]
        > print toscalar(T | summarize max(l)), toscalar(T | where false | project dt)
        [50,null]
        > T | where l > toscalar(T | summarize avg(l)) | project l
        [30]
        [50]
        > T | as hint.materialized=true X | count
        [5]
        > let r = U | project i; T | where i in (r) | count
        [3]
        > let m = materialize(range x from 1 to 3 step 1 | extend q=rand()); m | join kind=inner m on x | where q != q1 | count
        [0]
        > let x = 5; let f = (y:long) { x * y }; T | where isnotnull(l) | project f(l)
        [50]
        [100]
        [150]
        [250]
        > let f = (x:real) { x / 2 }; print f(1), f(3)
        [0.5,1.5]
        > let even = (n:long) { n % 2 == 0 }; range x from 1 to 4 step 1 | where even(x)
        [2]
        [4]
        > table("T") | count
        [5]
        > T | where i in (toscalar(U | summarize make_list(i))) | count
        [3]
        > T | where l !in (datatable(x:long)[10, 20]) | project l
        [30]
        [null]
        [50]
        > T | where i in (range x from 1 to 2 step 1) | project i
        [1]
        [2]
        [2]
        > T | where r in (datatable(x:real)[1.5]) | project l
        [10]
        [50]
        > let f = (p:string) { T | where s startswith p }; f("app") | project s
        ["apple pie"]
        ["apple"]
        > let both = union (U | where i == 1), (U | where i == 2); both | count
        [2]
        > let f = (n:int) { union (U | where i == n), (U | where i == 9) }; f(1) | project s
        ["one"]
        ["nine"]
        > let x = (T | project i | take 1); x | union x | count
        [2]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Rows_are_as_documented(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));
}
