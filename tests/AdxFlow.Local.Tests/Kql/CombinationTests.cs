namespace AdxFlow.Local.Tests.Kql;

/// <summary>Tables brought together by join, lookup and union; the documentation's own examples among them: the query, and below it its rows.</summary>
public sealed class CombinationTests
{
    private const string Cases = """"
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join Y on Key
        ["b",2,"b",10]
        ["c",4,"c",20]
        ["c",4,"c",30]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=inner Y on Key
        ["b",2,"b",10]
        ["b",3,"b",10]
        ["c",4,"c",20]
        ["c",4,"c",30]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=leftouter Y on Key
        ["a",1,"",null]
        ["b",2,"b",10]
        ["b",3,"b",10]
        ["c",4,"c",20]
        ["c",4,"c",30]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=rightouter Y on Key
        ["b",2,"b",10]
        ["b",3,"b",10]
        ["c",4,"c",20]
        ["c",4,"c",30]
        ["",null,"d",40]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=fullouter Y on Key
        ["a",1,"",null]
        ["b",2,"b",10]
        ["b",3,"b",10]
        ["c",4,"c",20]
        ["c",4,"c",30]
        ["",null,"d",40]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=leftsemi Y on Key
        ["b",2]
        ["b",3]
        ["c",4]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=rightsemi Y on Key
        ["b",10]
        ["c",20]
        ["c",30]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=leftanti Y on Key
        ["a",1]
        > let X = datatable(Key:string, Value1:long)["a",1,"b",2,"b",3,"c",4]; let Y = datatable(Key:string, Value2:long)["b",10,"c",20,"c",30,"d",40]; X | join kind=rightanti Y on Key
        ["d",40]
        > T | project i, s | join kind=inner (U) on $left.i == $right.i, $left.s == $right.s
        > T | project i | join kind=leftouter (U | where i < 5) on i
        [1,1,"one",1.5]
        [2,2,"two",2.5]
        [3,null,"",null]
        [null,null,"",null]
        [2,2,"two",2.5]
        > T | project i | lookup U on i
        [1,"one",1.5]
        [2,"two",2.5]
        [3,"",null]
        [null,"",null]
        [2,"two",2.5]
        > T | project l, i | lookup kind=inner (U | project i, name=s) on i
        [10,1,"one"]
        [20,2,"two"]
        [50,2,"two"]
        > datatable(a:long)[long(null), 1] | join kind=leftouter (datatable(a:long)[1, 2]) on a
        [null,null]
        [1,1]
        > let View_1 = view () { print x=1 }; let View_2 = view () { print x=toint(2) }; union withsource=TableName View_1, View_2
        ["View_1",1,null]
        ["View_2",null,2]
        > let View_1 = view () { print x=1 }; let View_2 = view () { print x=toint(2) }; let View_3 = view () { print x_long=3 }; union withsource=TableName View_1, View_2, View_3
        ["View_1",1,null,null]
        ["View_2",null,2,null]
        ["View_3",null,null,3]
        > let View_1 = view () { print x=1 }; let View_2 = view () { print x=1 }; let OtherView_1 = view () { print x=1 }; union isfuzzy=true (View_1 | where x > 0), (View_2 | where x > 0), (View_3 | where x > 0) | count
        [2]
        > let View_1 = view () { print x=1 }; let View_2 = view () { print x=1 }; let OtherView_1 = view () { print x=1 }; union isfuzzy=true View*, SomeView*, OtherView* | count
        [3]
        > union withsource=TableName (range x from 1 to 2 step 1 | as T1), (range x from 1 to 2 step 1 | as T2)
        ["T1",1]
        ["T1",2]
        ["T2",1]
        ["T2",2]
        > range x from 1 to 2 step 1 | as T1 | union withsource=TableName (range x from 1 to 2 step 1 | as T2)
        ["T1",1]
        ["T1",2]
        ["T2",1]
        ["T2",2]
        > T | project l, i | where isnotnull(i) | as X | join kind=inner (X | where i > 2) on i
        [30,3,30,3]
        > T | project l, s | join kind=inner hint.strategy=shuffle (T | project s, r) on s | count
        [7]
        > T | where isnotnull(i) | project i | join kind=rightanti (U | project i) on i
        [9]
        > U | project i, s | union (T2 | project i, x)
        [1,null,"one",""]
        [2,null,"two",""]
        [9,null,"nine",""]
        [null,5,"","five"]
        > union kind=inner T, U | sort by i asc, s asc | project i, s
        [null,""]
        [1,"apple pie"]
        [1,"one"]
        [2,""]
        [2,"Banana"]
        [2,"two"]
        [3,"apple"]
        [9,"nine"]
        > union withsource=src T2, U | project src, s
        ["T2",""]
        ["U","one"]
        ["U","two"]
        ["U","nine"]
        > union U, U | count
        [6]
        > T | summarize hint.strategy=shuffle count() by i | count
        [4]
        > T | project-reorder s asc, * desc | getschema | summarize make_list(ColumnName)
        [["s","ts","r","l","i","g","dt","dec","d","b"]]
        > T | count as N
        [5]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Rows_are_as_documented(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));
}
