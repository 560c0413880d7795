using AdxFlow.Adx;

namespace AdxFlow.Core.Tests.Adx;

public sealed class ClusterAddressTests
{
    [Theory]
    [InlineData("https://c.westeurope.kusto.windows.net", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://c.westeurope.kusto.windows.net/", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://ingest-c.westeurope.kusto.windows.net", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://INGEST-c.westeurope.kusto.windows.net", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://c.westeurope.kusto.windows.net:443/My%20Db", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", "My Db")]
    [InlineData("c.westeurope", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("ingest-c.westeurope", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("help", "https://help.kusto.windows.net/", "https://ingest-help.kusto.windows.net/", null)]
    [InlineData("help/Samples", "https://help.kusto.windows.net/", "https://ingest-help.kusto.windows.net/", "Samples")]
    [InlineData("c.westeurope.kusto.windows.net", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://trd-x.z1.kusto.fabric.microsoft.com", "https://trd-x.z1.kusto.fabric.microsoft.com/", "https://ingest-trd-x.z1.kusto.fabric.microsoft.com/", null)]
    [InlineData("http://localhost:8080", "http://localhost:8080/", "http://localhost:8080/", null)]
    [InlineData("localhost:8080/Db", "http://localhost:8080/", "http://localhost:8080/", "Db")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/", null)]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/", "http://[::1]:8080/", null)]
    [InlineData("https://10.0.0.4", "https://10.0.0.4/", "https://10.0.0.4/", null)]
    [InlineData("https://ade.loganalytics.io/subscriptions/s/workspaces/w", "https://ade.loganalytics.io/subscriptions/s/workspaces/w", "https://ingest-ade.loganalytics.io/subscriptions/s/workspaces/w", null)]
    public void A_cluster_is_read_however_it_is_written(string text, string cluster, string ingestion, string? database)
    {
        ClusterAddress address = ClusterAddress.Parse(text, null);
        Assert.Equal(cluster, address.Cluster.AbsoluteUri);
        Assert.Equal(ingestion, address.Ingestion.AbsoluteUri);
        Assert.Equal(database, address.Database);
    }

    [Fact]
    public void The_ingestion_address_can_be_given() =>
        Assert.Equal("https://other/", ClusterAddress.Parse("c.westeurope", new Uri("https://other")).Ingestion.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("ftp://c.westeurope.kusto.windows.net")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://c.westeurope.kusto.windows.net?query=x")]
    [InlineData("two words")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.Equal("AdxInvalidCluster", Assert.Throws<AdxException>(() => ClusterAddress.Parse(text, null)).ErrorId);
}
