namespace AdxFlow.Local.Tests.Kql;

/// <summary>mv-expand, parse and parse-where; the documentation's own examples among them: the query, and below it its rows.</summary>
public sealed class ExpansionTests
{
    private const string Cases = """"
        > datatable (a: int, b: dynamic)[1, dynamic([10, 20]), 2, dynamic(['a', 'b']), 3, dynamic(null), 4, dynamic([]), 5, dynamic(7)] | mv-expand b
        [1,10]
        [1,20]
        [2,"a"]
        [2,"b"]
        [3,null]
        [5,7]
        > datatable (a: int, b: dynamic)[1, dynamic({"prop1": "a1", "prop2": "b1"})] | mv-expand b
        [1,{"prop1":"a1"}]
        [1,{"prop2":"b1"}]
        > datatable (a: int, b: dynamic)[1, dynamic({"prop1": "a1", "prop2": "b1"})] | mv-expand kind=array b | extend key = b[0], val=b[1]
        [1,["prop1","a1"],"prop1","a1"]
        [1,["prop2","b1"],"prop2","b1"]
        > datatable (a: int, b: dynamic, c: dynamic)[1, dynamic({"prop1": "a", "prop2": "b"}), dynamic([5, 4, 3])] | mv-expand b, c
        [1,{"prop1":"a"},5]
        [1,{"prop2":"b"},4]
        [1,null,3]
        > range x from 1 to 4 step 1 | summarize x = make_list(x) | mv-expand with_itemindex=Index x
        [1,0]
        [2,1]
        [3,2]
        [4,3]
        > datatable (a: string, b: dynamic, c: dynamic)["Constant", dynamic([1, 2, 3, 4]), dynamic([6, 7, 8, 9])] | mv-expand b, c to typeof(int)
        ["Constant",1,6]
        ["Constant",2,7]
        ["Constant",3,8]
        ["Constant",4,9]
        > print s="Event: NotifySliceRelease (resourceName=PipelineScheduler, totalSlices=27, sliceNumber=23, lockTime=02/17/2016 08:40:01, releaseTime=02/17/2016 08:40:01, previousLockTime=02/17/2016 08:39:01)" | parse s with * "resourceName=" resourceName ", totalSlices=" totalSlices: long * "sliceNumber=" sliceNumber: long * "lockTime=" lockTime ", releaseTime=" releaseTime: date "," * "previousLockTime=" previousLockTime: date ")" * | project-away s
        ["PipelineScheduler",27,23,"02/17/2016 08:40:01","2016-02-17T08:40:01Z","2016-02-17T08:39:01Z"]
        > print s="Event: NotifySliceRelease (resourceName=PipelineScheduler, totalSlices=27, sliceNumber=23, lockTime=02/17/2016 08:40:01, releaseTime=02/17/2016 08:40:01, previousLockTime=02/17/2016 08:39:01)" | parse kind=regex s with "(.*?)[a-zA-Z]*=" resourceName @", totalSlices=\s*\d+\s*.*?sliceNumber=" sliceNumber: long  ".*?(previous)?lockTime=" lockTime ".*?releaseTime=" releaseTime ".*?previousLockTime=" previousLockTime: date "\\)" | project-away s
        ["PipelineScheduler",23,"02/17/2016 08:40:01, ","02/17/2016 08:40:01, ","2016-02-17T08:39:01Z"]
        > print s="Event: (resourceName=PipelineScheduler, totalSlices=27, sliceNumber=23, x" | parse kind=regex s with * "resourceName=" resourceName ',' * | project-away s
        ["PipelineScheduler, totalSlices=27, sliceNumber=23"]
        > print s="Event: (resourceName=PipelineScheduler, totalSlices=27, sliceNumber=23, x" | parse kind=regex flags=Ui s with * "RESOURCENAME=" resourceName ',' * | project-away s
        ["PipelineScheduler"]
        > print s="a=nonsense, b=20, c=x" | parse kind=relaxed s with "a=" a:long ", b=" b:long * "c=" c | project-away s
        [null,20,"x"]
        > print s="a=nonsense, b=20, c=x" | parse s with "a=" a:long ", b=" b:long * "c=" c | project-away s
        [null,null,""]
        > datatable(s:string)["a=1", "b", "a=x", "a=3"] | parse-where s with "a=" a:long
        ["a=1",1]
        ["a=3",3]
        > print d=dynamic({"a":[1,2,3],"b":"x"}) | mv-expand x=d.a to typeof(long) limit 2 | project x
        [1]
        [2]
        > print d=dynamic([1,"x",2.5,true,null]) | mv-expand d to typeof(long) limit 2
        [1]
        [null]
        > print d=dynamic([1,"a"]) | mv-expand d to typeof(real)
        [1]
        [null]
        > range x from 1 to 200 step 1 | summarize x=make_list(x) | mvexpand x | count
        [128]
        > print s="k=1;v=2" | parse s with k:string "=" rest | project k, rest
        ["k","1;v=2"]
        > print s="a:1.5e3:b" | parse s with "a:" x:real ":" *  | project x
        [1500]
        > print s="x2024-01-02y" | parse s with "x" t:datetime "y" | project t
        ["2024-01-02T00:00:00Z"]
        """";

    public static TheoryData<string, string> Expectations => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Rows_are_as_documented(string query, string rows) => Assert.Equal(rows, QueryRunner.Rows(QueryRunner.Run(query)));
}
