namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxDeepLinkTests
{
    private static readonly Uri Help = new("https://help.kusto.windows.net/");

    /// <summary>Links of the KQL documentation, with the query that stands beside each.</summary>
    public static TheoryData<string, string> Documented => new()
    {
        { "H4sIAAAAAAAAAysoyswrUUhMKtbQNdUEADsyYK4NAAAA", "print abs(-5)" },
        { "H4sIAAAAAAAAAwsuyS/KdS1LzSsp5uWqUUjOL80rAQDPjygQFAAAAA==", "StormEvents\r\n| count" },
        { "H4sIAAAAAAAAAysoyswrUShKLS7NKbFNLM7M0zDQszTVBAC0CzxqFwAAAA==", "print result=asin(0.95)" },
        { "H4sIAAAAAAAAAysoyswrUShKLS7NKbFNLEnM0zDQM9UEACNi3wIWAAAA", "print result=atan(0.5)" },
        { "H4sIAAAAAAAAAysoyswrUUjKzItPLNEw0zPVUTACEeaaALSGJjMZAAAA", "print bin_at(6.5, 2.5, 7)" },
        { "H4sIAAAAAAAAAysoyswrUUjKzItPLNEoycxN1TDM0NRRMEwBYqMMTQDWMdZPHwAAAA%3D%3D", "print bin_at(time(1h), 1d, 12h)" },
        { "H4sIAAAAAAAAAysoyswrUUjKzNMoycxN1TA0S9HUUTBP0QQAELu46BgAAAA=", "print bin(time(16d), 7d)" },
        { "H4sIAAAAAAAAAysoyswrUShKLS7NKVGwVUjKzEssqoxPzEvRMNNRMNYEAFZU7dsfAAAA", "print result = binary_and(6, 3)" },
        { "H4sIAAAAAAAAAysoyswrUShKLS7NKVGwVUjKzEssqozPL9Iw1VEw1gQA%2Fnvaph4AAAA%3D", "print result = binary_or(5, 3)" },
        { "H4sIAAAAAAAAAysoyswr0UjKzEssqoyvyC/SMNQx1NQEAKWP8zEWAAAA", "print(binary_xor(1,1))" },
    };

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_link_of_the_documentation_is_read(string packed, string query)
    {
        var link = AdxDeepLink.Parse(new Uri($"https://dataexplorer.azure.com/clusters/help/databases/Samples?query={packed}"));
        Assert.Equal(query, link.Query);
        Assert.Equal(Help, link.Cluster);
        Assert.Equal("Samples", link.Database);
        // What is made of it reads the same, in either form.
        Assert.Equal(query, AdxDeepLink.Parse(new Uri(link.Link)).Query);
        Assert.Equal(query, AdxDeepLink.Parse(new Uri(link.WebLink!)).Query);
    }

    [Theory]
    [InlineData("https://help.kusto.windows.net/Samples?query=print%20123", "Samples", "print 123")]
    [InlineData("https://help.kusto.windows.net/Samples?web=0&query=StormEvents&autorun=false", "Samples", "StormEvents")]
    [InlineData("https://help.kusto.windows.net?query=print+1", null, "print 1")]
    [InlineData("https://help.kusto.windows.net/Samples?query=print%201%2B1", "Samples", "print 1+1")]
    public void A_link_through_the_cluster_is_read(string address, string? database, string query)
    {
        var link = AdxDeepLink.Parse(new Uri(address));
        Assert.Equal((Help, database, query), (link.Cluster, link.Database, link.Query));
    }

    [Fact]
    public void A_short_query_stays_readable()
    {
        var link = AdxDeepLink.Create(Help, "Sam ples", "print 'a+b&c'");
        Assert.Equal("https://help.kusto.windows.net/Sam%20ples?query=print%20%27a%2Bb%26c%27", link.Link);
        Assert.Equal("https://dataexplorer.azure.com/clusters/help/databases/Sam%20ples?query=print%20%27a%2Bb%26c%27", link.WebLink);
        Assert.Equal(link.Link, link.ToString());
    }

    [Fact]
    public void A_long_query_is_compressed()
    {
        string query = string.Join("\n", Enumerable.Range(0, 200).Select(number => $"| where Column{number} == 'ä{number}'"));
        var link = AdxDeepLink.Create(new Uri("https://adx.westeurope.kusto.windows.net"), null, query);
        Assert.InRange(link.Link.Length, 100, query.Length / 2);
        Assert.Contains("?query=H4sI", link.Link, StringComparison.Ordinal);
        Assert.Equal(query, AdxDeepLink.Parse(new Uri(link.Link)).Query);
        Assert.StartsWith("https://dataexplorer.azure.com/clusters/adx.westeurope?query=H4sI", link.WebLink, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_that_looks_compressed_is_compressed_and_so_not_mistaken()
    {
        var link = AdxDeepLink.Create(Help, "D", "H4sIAAAA | count");
        Assert.Equal("H4sIAAAA | count", AdxDeepLink.Parse(new Uri(link.Link)).Query);
    }

    [Fact]
    public void Every_text_comes_back()
    {
        var random = new Random(7);
        const string Alphabet = " aé表🙂'\"\\%&+=#?/|\n\t;";
        for (int round = 0; round < 300; round++)
        {
            string query = "T" + string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => Alphabet.EnumerateRunes().ElementAt(random.Next(19)).ToString()));
            Assert.Equal(query, AdxDeepLink.Parse(new Uri(AdxDeepLink.Create(Help, "D", query).Link)).Query);
        }
    }

    [Fact]
    public void A_cluster_elsewhere_has_the_link_through_itself()
    {
        var link = AdxDeepLink.Create(new Uri("http://localhost:8080/"), "NetDefaultDB", "print 1");
        Assert.Equal("http://localhost:8080/NetDefaultDB?query=print%201", link.Link);
        Assert.Null(link.WebLink);
    }

    [Theory]
    [InlineData("https://help.kusto.windows.net/Samples")]
    [InlineData("https://help.kusto.windows.net/Samples?query=H4sInonsense")]
    [InlineData("https://help.kusto.windows.net/Samples?query=H4sIAAAAAAAAAysoyswrUUhMKtbQNdUE")]
    [InlineData("file:///etc/passwd?query=x")]
    public void What_is_no_link_is_refused(string address) =>
        Assert.Equal("AdxInvalidLink", Assert.Throws<AdxException>(() => AdxDeepLink.Parse(new Uri(address))).ErrorId);
}
