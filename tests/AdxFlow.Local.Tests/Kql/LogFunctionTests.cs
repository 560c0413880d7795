using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Functions for what stands in logs: URLs, paths, addresses, sizes, local times. Most cases are the examples of the documentation.</summary>
public sealed class LogFunctionTests
{
    private const string Cases = """"
        > print Result=parse_url("scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment")
        [{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v2"},"Fragment":"fragment"}]
        > print parse_url("https://bing.com"), parse_url("https://a.b.c/x?q=1").Path
        [{"Scheme":"https","Host":"bing.com","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""},"/x"]
        > print Result=parse_urlquery("k1=v1&k2=v2&k3=v3")
        [{"Query Parameters":{"k1":"v1","k2":"v2","k3":"v3"}}]
        > let getQueryParamValue = (querystring: string, param: string) { let params = parse_urlquery(querystring); tostring(params["Query Parameters"].[param]) }; print UrlQuery = 'view=vs-2019&preserve-view=true' | extend view = getQueryParamValue(UrlQuery, 'view') | extend preserve = getQueryParamValue(UrlQuery, 'preserve-view')
        ["view=vs-2019&preserve-view=true","vs-2019","true"]
        > print parse_urlquery(""), parse_urlquery("a=")
        [{"Query Parameters":{}},{"Query Parameters":{"a":""}}]
        > datatable(p:string)[@"C:\temp\file.txt", @"temp\file.txt", "file://C:/temp/file.txt:some.exe", @"\\shared\users\temp\file.txt.gz", "/usr/lib/temp/file.txt"] | extend path_parts = parse_path(p)
        ["C:\\temp\\file.txt",{"Scheme":"","RootPath":"C:","DirectoryPath":"C:\\temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}]
        ["temp\\file.txt",{"Scheme":"","RootPath":"","DirectoryPath":"temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}]
        ["file://C:/temp/file.txt:some.exe",{"Scheme":"file","RootPath":"C:","DirectoryPath":"C:/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":"some.exe"}]
        ["\\\\shared\\users\\temp\\file.txt.gz",{"Scheme":"","RootPath":"","DirectoryPath":"\\\\shared\\users\\temp","DirectoryName":"temp","Filename":"file.txt.gz","Extension":"gz","AlternateDataStreamName":""}]
        ["/usr/lib/temp/file.txt",{"Scheme":"","RootPath":"","DirectoryPath":"/usr/lib/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}]
        > print parse_path("file.txt"), parse_path("a/b")
        [{"Scheme":"","RootPath":"","DirectoryPath":"","DirectoryName":"","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""},{"Scheme":"","RootPath":"","DirectoryPath":"a","DirectoryName":"a","Filename":"b","Extension":"","AlternateDataStreamName":""}]
        > print v1 = format_bytes(564), v2 = format_bytes(10332, 1), v3 = format_bytes(20010332), v4 = format_bytes(20010332, 2), v5 = format_bytes(20010332, 0, "KB")
        ["564 Bytes","10.1 KB","19 MB","19.08 MB","19541 KB"]
        > datatable(address:string, mask:long)['192.168.1.1', 24, '192.168.1.1', 32, '192.168.1.1/24', 32, '192.168.1.1/24', long(-1)] | extend result = format_ipv4(address, mask), result_mask = format_ipv4_mask(address, mask)
        ["192.168.1.1",24,"192.168.1.0","192.168.1.0/24"]
        ["192.168.1.1",32,"192.168.1.1","192.168.1.1/32"]
        ["192.168.1.1/24",32,"192.168.1.0","192.168.1.0/24"]
        ["192.168.1.1/24",-1,"",""]
        > print format_ipv4(3232235777), format_ipv4(-1), format_ipv4("x"), format_ipv4("1.2.3.4/8"), format_ipv4_mask(3232235777, 16)
        ["192.168.1.1","","","1.0.0.0","192.168.0.0/16"]
        > print has_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.0.1'), has_ipv4('05:04:54 127.0.0.256 GET /favicon.ico 404', '127.0.0.256'), has_ipv4('05:04:54127.0.0.1 GET /favicon.ico 404', '127.0.0.1'), has_ipv4("These requests came from: 192.168.1.1, 10.1.1.115 and 10.1.1.201.", "10.1.1.201")
        [true,false,false,true]
        > print has_any_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.0.1', '127.0.0.2'), has_any_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', dynamic(['127.0.0.1', '127.0.0.2'])), has_any_ipv4('05:04:54 127.0.0.256 GET /favicon.ico 404', dynamic(["127.0.0.256", "192.168.1.1"])), has_any_ipv4('05:04:54127.0.0.1 GET /favicon.ico 404', '127.0.0.1', '192.168.1.1')
        [true,true,false,false]
        > print has_ipv4_prefix('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.'), has_ipv4_prefix('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0'), has_ipv4_prefix('05:04:54 127.0.0.256 GET /favicon.ico 404', '127.0.'), has_ipv4_prefix('05:04:54127.0.0.1 GET /favicon.ico 404', '127.0.')
        [true,false,false,false]
        > print has_any_ipv4_prefix('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.', '192.168.'), has_any_ipv4_prefix('05:04:54 127.0.0.1 GET /favicon.ico 404', dynamic(["127.0.", "192.168."])), has_any_ipv4_prefix('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0'), has_any_ipv4_prefix('05:04:54127.0.0.1 GET /favicon.ico 404', '127.0.', '192.')
        [true,true,false,false]
        > print parse_ipv4_mask("127.0.0.1", 24), parse_ipv4_mask("127.0.0.1", 33), parse_ipv4_mask("x", 3)
        [2130706432,null,null]
        > datatable(ip_string:string)['10.1.2.3', '192.168.1.1/24', '127.0.0.1/16', 'x'] | extend cidr_suffix = ipv4_netmask_suffix(ip_string)
        ["10.1.2.3",32]
        ["192.168.1.1/24",24]
        ["127.0.0.1/16",16]
        ["x",null]
        > print ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8', '127.1.0.1/16'), ipv4_is_in_any_range("127.0.0.1", dynamic(["127.0.0.1", "192.168.1.1"])), ipv4_is_in_any_range("x", "1.1.1.1")
        [true,true,null]
        > let LocalNetworks=dynamic(["192.168.1.1/16", "127.0.0.1/8", "10.0.0.1/8"]); let IPs=datatable(IP:string)["10.1.2.3", "192.168.1.5", "123.1.11.21", "1.1.1.1"]; IPs | extend IsLocal=ipv4_is_in_any_range(IP, LocalNetworks)
        ["10.1.2.3",true]
        ["192.168.1.5",true]
        ["123.1.11.21",false]
        ["1.1.1.1",false]
        > print Quine = base64_encode_fromguid(toguid("ae3133f2-6e22-49ae-b06a-16e6a9b212eb"))
        ["8jMxriJurkmwahbmqbIS6w=="]
        > print pacific_dt = datetime_utc_to_local(datetime(2022-07-11 22:18:48.4678620), 'US/Pacific'), canberra_dt = datetime_utc_to_local(datetime(2022-07-11 22:18:48.4678620), 'Australia/Canberra') | extend diff = pacific_dt - canberra_dt
        ["2022-07-11T15:18:48.4678620Z","2022-07-12T08:18:48.4678620Z","-17:00:00"]
        > datatable(local_dt: datetime, tz: string)[datetime(2020-02-02 20:02:20), 'US/Pacific', datetime(2020-02-02 20:02:20), 'America/Chicago', datetime(2020-02-02 20:02:20), 'Europe/Paris'] | extend utc_dt = datetime_local_to_utc(local_dt, tz)
        ["2020-02-02T20:02:20Z","US/Pacific","2020-02-03T04:02:20Z"]
        ["2020-02-02T20:02:20Z","America/Chicago","2020-02-03T02:02:20Z"]
        ["2020-02-02T20:02:20Z","Europe/Paris","2020-02-02T19:02:20Z"]
        > range Local from datetime(2022-03-27 01:00:00.0000000) to datetime(2022-03-27 04:00:00.0000000) step 1h | extend UTC=datetime_local_to_utc(Local, 'Europe/Brussels') | extend BackToLocal=datetime_utc_to_local(UTC, 'Europe/Brussels') | extend diff=Local-BackToLocal
        ["2022-03-27T01:00:00Z","2022-03-27T00:00:00Z","2022-03-27T01:00:00Z","00:00:00"]
        ["2022-03-27T02:00:00Z","2022-03-27T00:00:00Z","2022-03-27T01:00:00Z","01:00:00"]
        ["2022-03-27T03:00:00Z","2022-03-27T01:00:00Z","2022-03-27T03:00:00Z","00:00:00"]
        ["2022-03-27T04:00:00Z","2022-03-27T02:00:00Z","2022-03-27T04:00:00Z","00:00:00"]
        > print datetime_utc_to_local(datetime(2022-10-30 02:30), 'UTC'), datetime_utc_to_local(datetime(null), 'Etc/GMT+5')
        ["2022-10-30T02:30:00Z",null]
        > T | take 1 | extend s = "GET http://10.0.0.1/x from 10.0.0.17" | where has_ipv4(s, "10.0.0.17") and not(has_ipv4(s, "10.0.0.2")) and has_any_ipv4_prefix(s, dynamic(["11.", "10.0."])) | count
        [1]
        """";

    public static TheoryData<string, string> All => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(All))]
    public void Values_are_those_of_the_documentation(string query, string expected) => Assert.Equal(expected, QueryRunner.Rows(QueryRunner.Run(query)));

    [Theory]
    [InlineData("print parse_url(\"bing.com\")", "parse_url() makes of a text that is no absolute URL.")]
    [InlineData("print parse_url(\"https://Bing.com/\")", "parse_url() makes of a slash at the end of the path of a URL")]
    [InlineData("print parse_path(@\"C:\\file.txt\")", "parse_path() makes of folder/file.ext, with or without a dri")]
    [InlineData("print parse_path(@\"\\\\?\\C:\\a\\b.txt\")", "parse_path() makes of folder/file.ext, with or without a dri")]
    [InlineData("print parse_path(\"/file.txt\")", "parse_path() makes of folder/file.ext, with or without a dri")]
    [InlineData("print parse_path(\"https://a/b/c.txt\")", "parse_path() makes of folder/file.ext, with or without a dri")]
    [InlineData("print parse_path(\"a/b/\")", "parse_path() makes of folder/file.ext, with or without a dri")]
    [InlineData("print parse_path(\"\")", "parse_path() makes of folder/file.ext, with or without a dri")]
    [InlineData("print datetime_local_to_utc(datetime(2022-10-30 02:30), 'Europe/Brussels')", "The local stand-in does not know which of two times datetime")]
    [InlineData("print datetime_utc_to_local(datetime(2022-10-30 02:30), 'Mars/Olympus')", "The local stand-in does not know the time zone 'Mars/Olympus")]
    [InlineData("print parse_url('https://a/b%20c')", "of percent-encoded characters")]
    [InlineData("print parse_url('https://A.b/c')", "of capital letters")]
    [InlineData("print parse_urlquery('a=1&a=2')", "occurs twice")]
    [InlineData("print parse_urlquery('a')", "not of the form")]
    [InlineData("print parse_urlquery('a=b+c')", "of encoded characters")]
    [InlineData("print format_bytes(2560)", "half of the last digit")]
    [InlineData("print format_bytes(1024, 1)", "last digit is zero")]
    [InlineData("print format_bytes(-1)", "negative")]
    [InlineData("print format_bytes(1048575)", "rounded up to the next unit")]
    [InlineData("print format_bytes(1, 0, 'KiB')", "the unit 'KiB'")]
    [InlineData("print has_ipv4('v 1.2.3.4.5', '1.2.3.4')", "more than four numbers")]
    [InlineData("print has_ipv4('at 010.1.1.1', '10.1.1.1')", "zeros in front")]
    [InlineData("print has_any_ipv4('x', dynamic(1))", "no array")]
    [InlineData("print parse_ipv4_mask('1.2.3.4/8', 24)", "a prefix of its own")]
    [InlineData("print ipv4_is_in_any_range('1.2.3.4', '1.2.3.0/24', 'x')", "a range that is none")]
    public void What_the_documentation_leaves_open_is_refused(string query, string text)
    {
        KqlException refusal = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(KqlErrorKind.NotSupported, refusal.Kind);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }
}
