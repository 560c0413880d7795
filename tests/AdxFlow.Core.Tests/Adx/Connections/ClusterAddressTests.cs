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
    [InlineData("https://ade.loganalytics.io/subscriptions/s/workspaces/w", "https://ade.loganalytics.io/subscriptions/s/workspaces/w", "https://ade.loganalytics.io/subscriptions/s/workspaces/w", null)]
    [InlineData("https://ade.applicationinsights.io/subscriptions/s/resourcegroups/r/providers/microsoft.insights/components/c", "https://ade.applicationinsights.io/subscriptions/s/resourcegroups/r/providers/microsoft.insights/components/c", "https://ade.applicationinsights.io/subscriptions/s/resourcegroups/r/providers/microsoft.insights/components/c", null)]
    [InlineData("https://adx.monitor.azure.us/subscriptions/s", "https://adx.monitor.azure.us/subscriptions/s", "https://adx.monitor.azure.us/subscriptions/s", null)]
    [InlineData("https://ingest-ingest-c.westeurope.kusto.windows.net", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://ingest-trd-x.z9.kusto.fabric.microsoft.com", "https://trd-x.z9.kusto.fabric.microsoft.com/", "https://ingest-trd-x.z9.kusto.fabric.microsoft.com/", null)]
    [InlineData("https://ingest-private-c.westeurope.kusto.windows.net", "https://private-c.westeurope.kusto.windows.net/", "https://ingest-private-c.westeurope.kusto.windows.net/", null)]
    [InlineData("https://ingest-pool.space.kusto.azuresynapse.net", "https://pool.space.kusto.azuresynapse.net/", "https://ingest-pool.space.kusto.azuresynapse.net/", null)]
    [InlineData("https://c.westeurope.kusto.windows.net:8443/Db/", "https://c.westeurope.kusto.windows.net:8443/", "https://ingest-c.westeurope.kusto.windows.net:8443/", "Db")]
    [InlineData("  'https://c.westeurope.kusto.windows.net/' ", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("\"c.westeurope\"", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", null)]
    [InlineData("@help/Samples", "https://help.kusto.windows.net/", "https://ingest-help.kusto.windows.net/", "Samples")]
    [InlineData("https://dataexplorer.azure.com/clusters/help", "https://help.kusto.windows.net/", "https://ingest-help.kusto.windows.net/", null)]
    [InlineData("https://dataexplorer.azure.com/clusters/help/databases/Samples", "https://help.kusto.windows.net/", "https://ingest-help.kusto.windows.net/", "Samples")]
    [InlineData("https://dataexplorer.azure.com/clusters/c.westeurope/databases/My%20Db?query=H4sI%3D&tenant=x#y", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", "My Db")]
    [InlineData("https://dataexplorer.azure.com/clusters/https%3A%2F%2Fc.westeurope.kusto.windows.net/databases/D", "https://c.westeurope.kusto.windows.net/", "https://ingest-c.westeurope.kusto.windows.net/", "D")]
    [InlineData("https://dataexplorer.azure.com/clusters/trd-x.z9.kusto.fabric.microsoft.com/databases/D", "https://trd-x.z9.kusto.fabric.microsoft.com/", "https://ingest-trd-x.z9.kusto.fabric.microsoft.com/", "D")]
    [InlineData("https://dataexplorer.azure.us/clusters/c.usgovvirginia/databases/D", "https://c.usgovvirginia.kusto.usgovcloudapi.net/", "https://ingest-c.usgovvirginia.kusto.usgovcloudapi.net/", "D")]
    [InlineData("https://dataexplorer.azure.cn/clusters/c.chinaeast2", "https://c.chinaeast2.kusto.chinacloudapi.cn/", "https://ingest-c.chinaeast2.kusto.chinacloudapi.cn/", null)]
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
    [InlineData("ingest-private.westeurope", "https://ingest-private.westeurope.kusto.windows.net/")]
    [InlineData("ingest-adx.contoso.com:8443/", "https://ingest-adx.contoso.com:8443/")]
    [InlineData("http://localhost:8081", "http://localhost:8081/")]
    public void It_takes_the_same_forms(string text, string ingestion) =>
        Assert.Equal(ingestion, ClusterAddress.Parse("c.westeurope", new Uri(text, UriKind.RelativeOrAbsolute)).Ingestion.AbsoluteUri);

    [Theory]
    [InlineData("/subscriptions/0/resourceGroups/r/providers/Microsoft.Kusto/clusters/c")]
    [InlineData("https://management.azure.com/subscriptions/0/resourceGroups/r/providers/Microsoft.Kusto/clusters/c")]
    [InlineData("https://portal.azure.com/#@contoso.com/resource/subscriptions/0/resourceGroups/r/providers/Microsoft.Kusto/clusters/c/overview")]
    public void A_resource_of_the_portal_is_told_as_such(string text)
    {
        AdxException error = Assert.Throws<AdxException>(() => ClusterAddress.Parse(text, null));
        Assert.Equal("AdxInvalidCluster", error.ErrorId);
        Assert.Contains("a resource of Azure", error.Message, StringComparison.Ordinal);
        Assert.Contains("overview page", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://dataexplorer.azure.com")]
    [InlineData("https://dataexplorer.azure.com/dashboards/1/clusters/x")]
    [InlineData("https://dataexplorer.azure.com/clusters/")]
    [InlineData("https://dataexplorer.azure.com/clusters/https%3A%2F%2Fdataexplorer.azure.com%2Fclusters%2Fx")]
    [InlineData("https://dataexplorer.azure.com/clusters/a%20b")]
    [InlineData("https://c.westeurope.kusto.windows.net/v1/rest/query")]
    [InlineData("https://c.westeurope.kusto.windows.net#x")]
    [InlineData("ftp://c.westeurope.kusto.windows.net")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://c.westeurope.kusto.windows.net?query=x")]
    [InlineData("two words")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.Equal("AdxInvalidCluster", Assert.Throws<AdxException>(() => ClusterAddress.Parse(text, null)).ErrorId);
}
