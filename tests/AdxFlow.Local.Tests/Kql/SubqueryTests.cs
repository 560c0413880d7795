using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Operators that run a subquery on parts of their rows, and samples; the first cases are the examples of the documentation.</summary>
public sealed class SubqueryTests
{
    private const string Cases = """"
        > let data = datatable (index: int, Arr: dynamic)[0, dynamic([7]), 1, dynamic([6, 11, 7])]; data | mv-apply Arr2=Arr to typeof(long) on (take 100)
        [0,[7],7]
        [1,[6,11,7],6]
        [1,[6,11,7],11]
        [1,[6,11,7],7]
        > let data = datatable (index: int, Arr: dynamic)[0, dynamic([1, 5, 3]), 1, dynamic([10, 2, 5, 7])]; data | mv-apply topElem=Arr to typeof(long) on (top 1 by topElem)
        [0,[1,5,3],5]
        [1,[10,2,5,7],10]
        > let data = datatable (index: int, Arr: dynamic)[0, dynamic([5, 1, 3]), 1, dynamic([4, 10, 8, 7])]; data | mv-apply Arr2=Arr to typeof(long) on (top 2 by Arr2 | summarize Top2=make_list(Arr2))
        [0,[5,1,3],[5,3]]
        [1,[4,10,8,7],[10,8]]
        > datatable (Val:int, Arr1:dynamic, Arr2:dynamic)[1, dynamic(['A1', 'A2', 'A3']), dynamic([10, 30, 7]), 7, dynamic(['B1', 'B2', 'B5']), dynamic([15, 11, 50]), 3, dynamic(['C1', 'C2', 'C3', 'C4']), dynamic([6, 40, 20, 8])] | mv-apply NewArr1=Arr1, NewArr2=Arr2 to typeof(long) on (top 2 by NewArr2 | summarize NewArr1=make_list(NewArr1), NewArr2=make_list(NewArr2)) | project-away Arr1, Arr2
        [1,["A2","A1"],[30,10]]
        [7,["B5","B1"],[50,15]]
        [3,["C2","C3"],[40,20]]
        > let data = datatable (row: int, Arr: dynamic)[0, dynamic([5, 1, 3]), 1, dynamic([4, 10, 8, 7])]; data | mv-apply with_itemindex=index value=Arr to typeof(long) on (where index >= 2)
        [0,[5,1,3],3,2]
        [1,[4,10,8,7],8,2]
        [1,[4,10,8,7],7,3]
        > datatable (Val: int, Arr1: dynamic, Arr2: dynamic)[1, dynamic(['A1', 'A2']), dynamic(['B1', 'B2', 'B3']), 5, dynamic(['C1', 'C2']), dynamic(['D1'])] | mv-apply T1=Arr1, T2=Arr2 on (extend Out = strcat(T1, "_", T2) | summarize Out= make_list(Out)) | project Val, Out
        [1,["A1_B1","A2_B2","_B3"]]
        [5,["C1_D1","C2_"]]
        > datatable(i:int, d:dynamic)[1, dynamic([3, 1]), 2, dynamic([5])] | mv-apply d to typeof(long) on (order by d asc | extend rn = row_number())
        [1,1,1]
        [1,3,2]
        [2,5,1]
        > datatable(i:int, d:dynamic)[1, dynamic([3, 1]), 2, dynamic([5])] | mv-apply d to typeof(long) on (where d > i * 2)
        [1,3]
        [2,5]
        > datatable(d:dynamic, i:int)[dynamic([3, 1]), 1, dynamic(null), 2, dynamic([]), 3] | mv-apply d to typeof(long) on (take 5)
        [1,3]
        [1,1]
        [2,null]
        > datatable(i:int, d:dynamic)[1, dynamic([3, 1])] | mv-apply x = d to typeof(long) on (project i = x * 2)
        [6,[3,1]]
        [2,[3,1]]
        > datatable(i:int, d:dynamic)[1, dynamic([1, 2]), 2, dynamic([2, 9])] | mv-apply x = d to typeof(int) on (join kind=inner (U | project x = i, s) on x | project s)
        [1,[1,2],"one"]
        [1,[1,2],"two"]
        [2,[2,9],"two"]
        [2,[2,9],"nine"]
        > datatable(i:int, d:dynamic)[1, dynamic([[1, 2], [3]]), 2, dynamic([[4]])] | mv-apply a = d on (mv-apply b = a to typeof(long) on (summarize s = sum(b))) | project i, s
        [1,3]
        [1,3]
        [2,4]
        > datatable(i:int, d:dynamic)[1, dynamic([1, 2]), 2, dynamic([3])] | mv-apply x = d to typeof(long) on (as X | union (X | extend x = x * 10)) | project i, x
        [1,1]
        [1,2]
        [1,10]
        [1,20]
        [2,3]
        [2,30]
        > let a = datatable(i:int, d:dynamic)[1, dynamic([1, 2]), 2, dynamic([3])] | mv-apply x = d to typeof(long) on (where x > 1); a | mv-apply y = d to typeof(long) on (join kind=inner (a | project y = x, j = i) on y) | project i, x, y, j
        [1,2,2,1]
        [2,3,3,2]
        > range i from 1 to 10000 step 1 | extend d = pack_array(i, i + 1) | mv-apply d to typeof(long) on (summarize s = sum(d)) | summarize count(), sum(s)
        [10000,100020000]
        > datatable(State:string, EventType:string, n:long)["W", "Hail", 3, "W", "Wind", 5, "V", "Hail", 1, "W", "Snow", 1, "V", "Fog", 9] | partition hint.strategy=native by State (summarize Events=sum(n) by EventType, State | top 1 by Events)
        ["Wind","W",5]
        ["Fog","V",9]
        > datatable(k:string, n:long)["a", 3, "b", 5, "a", 1] | partition by k (order by n asc | extend rn = row_number(), p = prev(n))
        ["a",1,1,null]
        ["a",3,2,1]
        ["b",5,1,null]
        > T | where isnotnull(i) | partition by i (join kind=inner U on i | project i, s1, u) | distinct i, s1
        [1,"one"]
        [2,"two"]
        > range x from 1 to 200000 step 1 | extend k = x % 50000 | partition hint.strategy=shuffle by k (summarize n = count(), m = max(x)) | summarize count(), sum(n), max(m)
        [50000,200000,200000]
        > range x from 1 to 200000 step 1 | extend k = x % 2 | partition hint.strategy = native by k (where x > 199998) | project x
        [199999]
        [200000]
        > range x from 1 to 100 step 1 | sample 2
        [1]
        [2]
        > T | sample-distinct 2 of i
        [1]
        [2]
        > T | sample-distinct 10 of s
        ["apple pie"]
        ["Banana"]
        ["apple"]
        [""]
        > let k = T | sample-distinct 1 of i; T | where i in (k) | project l
        [10]
        > range x from 1 to 1000000000000 step 1 | sample-distinct 2 of x
        [1]
        [2]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Rows_are_as_documented(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("T | mv-apply i on (take 1)", "Semantic", "'mv-apply' operator: The expression must have the type dynamic")]
    [InlineData("T | mv-apply d on (where nosuch == 1)", "Semantic", "nosuch")]
    [InlineData("T | mv-apply nosuch on (take 1)", "Semantic", "nosuch")]
    [InlineData("T | mv-apply d on (nosuch 1)", "Syntax", "no such operator")]
    [InlineData("T | mv-apply d on (take 1", "Syntax", "')' expected")]
    [InlineData("T | mv-apply d", "Syntax", "'on' expected")]
    [InlineData("T | mv-apply d on ()", "Syntax", "operator expected")]
    [InlineData("T | mv-apply kind=array d on (take 1)", "Syntax", "")]
    [InlineData("T | mv-apply d on (top-nested 1 of i by sum(l))", "NotSupported", "operator 'top-nested'")]
    [InlineData("T | mv-apply x = d id new_guid() on (take 1)", "NotSupported", "'id'")]
    [InlineData("T | mv-apply d on (extend row_number())", "NotSupported", "serialize")]
    [InlineData("T | mv-apply d on (as hint.materialized=true X | union X)", "NotSupported", "hint.materialized")]
    [InlineData("T | mv-apply x = d on (as X | extend n = toscalar(X | count))", "NotSupported", "depends on the rows of a subquery")]
    [InlineData("T | mv-apply x = d on (as X | where x in (X | project tostring(x)))", "NotSupported", "depends on the rows of a subquery")]
    [InlineData("T | mv-apply x = d on (as X | join (materialize(X)) on i)", "NotSupported", "'materialize()'")]
    [InlineData("print d = dynamic([]) | mv-apply d on (count)", "NotSupported", "no elements")]
    [InlineData("T | partition by i (take 1)", "NotSupported", "null")]
    [InlineData("range x from 1 to 65 step 1 | partition by x (take 1)", "Runtime", "more than 64 values")]
    [InlineData("T | partition by d (take 1)", "Semantic", "dynamic")]
    [InlineData("T | partition by nosuch (take 1)", "Semantic", "nosuch")]
    [InlineData("T | partition by l + 1 (take 1)", "Syntax", "")]
    [InlineData("T | partition by l", "Syntax", "'(' expected")]
    [InlineData("T | partition by i {U}", "NotSupported", "source of its own")]
    [InlineData("T | partition hint.strategy=odd by s (take 1)", "NotSupported", "strategy 'odd'")]
    [InlineData("T | partition hint.strategy=native by s (join U on s)", "NotSupported", "legacy strategy")]
    [InlineData("T | partition by s (make-series count() on l step 1)", "NotSupported", "without 'from'")]
    [InlineData("T | partition by s (as P | extend x = toscalar(P | count))", "NotSupported", "depends on the rows of a subquery")]
    [InlineData("T | sample 1.5", "NotSupported", "no integer")]
    [InlineData("T | sample -1", "Semantic", "negative")]
    [InlineData("T | sample-distinct 1 of d", "Semantic", "dynamic")]
    [InlineData("T | sample-distinct 1 of i + 1", "Semantic", "Column name expected")]
    [InlineData("T | sample-distinct 1 by i", "Syntax", "'of' expected")]
    public void What_cannot_be_computed_says_why(string query, string kind, string text)
    {
        var error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(kind, error.Kind.ToString());
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subquery_of_one_record_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        const string query = "print d = dynamic([1]) | mv-apply x = d to typeof(long) on (union (range x from 1 to 1000000000000 step 1))";
        ResultSet result = KqlEngine.Execute(QueryRunner.Database, query, null, stop.Token)[0];
        stop.CancelAfter(50);
        Assert.ThrowsAny<OperationCanceledException>(() => QueryRunner.Rows(result));
    }
}
