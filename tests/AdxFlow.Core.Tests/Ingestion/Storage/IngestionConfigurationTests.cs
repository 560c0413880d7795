using System.Globalization;
using System.Text.Json;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Core.Tests.Ingestion.Storage;

public sealed class IngestionConfigurationTests
{
    [Fact]
    public void Everything_the_service_says_is_read()
    {
        IngestionConfiguration configuration = Parse("""
            {"containerSettings":{"containers":[{"path":"https://a.example.net/c1?sig=x"},{"path":"https://b.example.net/c2?sig=y"}],
             "lakeFolders":[{"path":"https://onelake.example.net/w"}],"refreshInterval":"00:30:00","preferredUploadMethod":"Storage"},
             "ingestionSettings":{"maxBlobsPerBatch":17,"maxDataSize":6442450944,"preferredIngestionMethod":"REST"}}
            """);
        Assert.Equal(["a.example.net/c1", "b.example.net/c2"], configuration.Containers.Select(static container => container.Name));
        Assert.Equal(17, configuration.MaxBlobsPerRequest);
        Assert.Equal(6442450944, configuration.MaxDataSize);
        Assert.Equal(TimeSpan.FromMinutes(30), configuration.Life);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"containerSettings":null,"ingestionSettings":null}""")]
    [InlineData("""{"containerSettings":[],"ingestionSettings":"x"}""")]
    [InlineData("""{"containerSettings":{},"ingestionSettings":{}}""")]
    [InlineData("""{"containerSettings":{"containers":null,"refreshInterval":null},"ingestionSettings":{"maxBlobsPerBatch":null,"maxDataSize":null}}""")]
    [InlineData("""{"containerSettings":{"containers":["https://a.example.net/c"],"refreshInterval":3600},"ingestionSettings":{"maxBlobsPerBatch":"x","maxDataSize":[]}}""")]
    [InlineData("""{"containerSettings":{"containers":[{"path":1},{"path":null},{},null,{"path":"not an address"},{"path":""}]},"ingestionSettings":{"maxBlobsPerBatch":0,"maxDataSize":-1}}""")]
    [InlineData("""{"containerSettings":{},"ingestionSettings":{"maxBlobsPerBatch":2.5,"maxDataSize":1e300}}""")]
    public void What_is_missing_or_odd_leaves_the_defaults(string json)
    {
        IngestionConfiguration configuration = Parse(json);
        Assert.Empty(configuration.Containers);
        Assert.Equal(20, configuration.MaxBlobsPerRequest);
        Assert.Equal(4L * 1024 * 1024 * 1024, configuration.MaxDataSize);
        Assert.Equal(TimeSpan.FromHours(1), configuration.Life);
    }

    [Theory]
    [InlineData("00:00:10", "00:00:10")]
    [InlineData("00:59:59.9999999", "00:59:59.9999999")]
    [InlineData("01:00:00", "01:00:00")]
    [InlineData("1.00:00:00", "01:00:00")]
    [InlineData("00:00:00", "01:00:00")]
    [InlineData("-00:10:00", "01:00:00")]
    [InlineData("soon", "01:00:00")]
    [InlineData("", "01:00:00")]
    public void The_interval_is_what_the_service_asks_for_up_to_an_hour(string interval, string life)
    {
        IngestionConfiguration configuration = Parse($$"""{"containerSettings": {"refreshInterval":"{{interval}}"} }""");
        Assert.Equal(TimeSpan.Parse(life, CultureInfo.InvariantCulture), configuration.Life);
    }

    [Fact]
    public void Names_are_read_whatever_their_case()
    {
        IngestionConfiguration configuration = Parse("""
            {"ContainerSettings":{"Containers":[{"Path":"https://a.example.net/c1"}],"RefreshInterval":"00:10:00"},"IngestionSettings":{"MaxBlobsPerBatch":3,"MaxDataSize":4}}
            """);
        Assert.Single(configuration.Containers);
        Assert.Equal((3, 4L, TimeSpan.FromMinutes(10)), (configuration.MaxBlobsPerRequest, configuration.MaxDataSize, configuration.Life));
    }

    [Theory]
    [InlineData("http://127.0.0.1.evil.com/c", "AdxHttpNotAllowed")]
    [InlineData("http://localhostess/c", "AdxHttpNotAllowed")]
    [InlineData("ftp://localhost/c", "AdxHttpNotAllowed")]
    [InlineData("file:///tmp/c", "AdxHttpNotAllowed")]
    [InlineData("https://acct.blob.core.windows.net@evil.com/c", "AdxHostNotTrusted")]
    public void A_container_that_only_looks_safe_is_refused(string path, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<AdxException>(() => Parse($$$"""{"containerSettings":{"containers":[{"path":"{{{path}}}?sig=x"}]}}""")).ErrorId);

    [Fact]
    public void A_container_without_https_is_refused() =>
        Assert.Equal("AdxHttpNotAllowed", Assert.Throws<AdxException>(() => Parse("""{"containerSettings":{"containers":[{"path":"http://a.example.net/c?sig=x"}]}}""")).ErrorId);

    private static IngestionConfiguration Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return IngestionConfiguration.Parse(document.RootElement);
    }
}
