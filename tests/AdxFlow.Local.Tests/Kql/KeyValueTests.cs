using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>parse-kv; most cases are the examples of the documentation.</summary>
public sealed class KeyValueTests
{
    private const string Cases = """"
        > print str="ThreadId:458745723, Machine:Node001, Text: The service is up, Level: Info" | parse-kv str as (Text: string, ThreadId:long, Machine: string) with (pair_delimiter=',', kv_delimiter=':') | project-away str
        ["The service is up",458745723,"Node001"]
        > print str='src=10.1.1.123 dst=10.1.1.124 bytes=125 failure="connection aborted" "event time"=2021-01-01T10:00:54' | parse-kv str as (['event time']:datetime, src:string, dst:string, bytes:long, failure:string) with (pair_delimiter=' ', kv_delimiter='=', quote='"') | project-away str
        ["2021-01-01T10:00:54Z","10.1.1.123","10.1.1.124",125,"connection aborted"]
        > print str='src=10.1.1.123 dst=10.1.1.124 bytes=125 failure=(connection aborted) (event time)=(2021-01-01 10:00:54)' | parse-kv str as (['event time']:datetime, src:string, dst:string, bytes:long, failure:string) with (pair_delimiter=' ', kv_delimiter='=', quote='()') | project-away str
        ["2021-01-01T10:00:54Z","10.1.1.123","10.1.1.124",125,"connection aborted"]
        > print str='src=10.1.1.123 dst=10.1.1.124 bytes=125 failure="the remote host sent \\"bye!\\"" time=2021-01-01T10:00:54' | parse-kv str as (['time']:datetime, src:string, dst:string, bytes:long, failure:string) with (pair_delimiter=' ', kv_delimiter='=', quote='"', escape='\\') | project-away str
        ["2021-01-01T10:00:54Z","10.1.1.123","10.1.1.124",125,"the remote host sent \"bye!\""]
        > print str='name=John Doe phone=555 5555 city=New York' | parse-kv str as (name:string, phone:string, city:string) with (pair_delimiter=' ', kv_delimiter='=') | project-away str
        ["John","555","New"]
        > print str=@'["referer url: https://hostname.com/redirect?dest=/?h=1234", "request url: https://hostname.com/?h=1234", "advertiser id: 24fefbca-cf27-4d62-a623-249c2ad30c73"]' | parse-kv str as (['referer url']:string, ['request url']:string, ['advertiser id']: guid) with (regex=@'"([\w ]+)\s*:\s*([^"]*)"') | project-away str
        ["https://hostname.com/redirect?dest=/?h=1234","https://hostname.com/?h=1234","24fefbca-cf27-4d62-a623-249c2ad30c73"]
        > print str='a=1;;b= 2 ;a=3;c;d=' | parse-kv str as (a:long, b:int, c:string, d:string, e:real, f:dynamic) with (pair_delimiter=';', kv_delimiter='=') | project-away str
        [1,2,"","",null,null]
        > print str='u=http://x?y=1 b=2' | parse-kv str as (b:long) with (pair_delimiter=' ', kv_delimiter='=') | project b
        [2]
        """";

    private const string Delimiters = "with (pair_delimiter=' ', kv_delimiter='=')";

    public static TheoryData<string, string> All => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(All))]
    public void Values_are_those_of_the_documentation(string query, string expected) => Assert.Equal(expected, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("print s='a=1' | parse-kv s as (a:long)", "without delimiters")]
    [InlineData("print s='a=1' | parse-kv s as (a:long) with (pair_delimiter=' ', kv_delimiter='=', greedy=true)", "'greedy'")]
    [InlineData("print s='a=1' | parse-kv s as (a:long) with (pair_delimiter='=', kv_delimiter='==')", "one is in the other")]
    [InlineData("print s='a=1', a=2 | parse-kv s as (a:long) " + Delimiters, "'a', which exists")]
    [InlineData("print s='a=x' | parse-kv s as (a:long) " + Delimiters, "that is no long")]
    [InlineData("print s='a=1=2' | parse-kv s as (a:string) " + Delimiters, "an unquoted value with the delimiter")]
    [InlineData("print s='a=<1' | parse-kv s as (a:string) with (pair_delimiter=' ', kv_delimiter='=', quote='<>')", "not closed")]
    [InlineData("print s='a=<1>2' | parse-kv s as (a:string) with (pair_delimiter=' ', kv_delimiter='=', quote='<>')", "behind a closing quote")]
    public void What_the_documentation_leaves_open_is_refused(string query, string text)
    {
        KqlException refusal = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(KqlErrorKind.NotSupported, refusal.Kind);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T | parse-kv l as (a:long) " + Delimiters, "a string expected")]
    [InlineData("T | parse-kv s as (a:long, a:int) " + Delimiters, "already declared")]
    [InlineData("T | parse-kv s as (a:long) with (nosuch='x')", "no option 'nosuch'")]
    [InlineData("T | parse-kv s as (a:long) with (quote='abc')", "too long")]
    [InlineData("T | parse-kv s as (a:long) with (regex='(a)')", "two capturing groups")]
    [InlineData("T | parse-kv s as (a:long) with (regex='(a)(b)', quote='x')", "stands alone")]
    [InlineData("T | parse-kv s as (a:long) with (kv_delimiter=1)", "must be a string")]
    [InlineData("T | parse-kv s as (a)", "':' expected")]
    [InlineData("T | parse-kv s as (a:nosuch)", "a type expected")]
    public void What_is_wrong_is_an_error(string query, string text)
    {
        KqlException error = Assert.Throws<KqlException>(() => QueryRunner.Run(query));
        Assert.NotEqual(KqlErrorKind.NotSupported, error.Kind);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
