using AdxFlow.Ingestion;
using AdxFlow.Ingestion.FromStorage;

namespace AdxFlow.Core.Tests.Ingestion.FromStorage;

public sealed class StorageIngestionTests
{
    [Theory]
    [InlineData("https://a.blob.core.windows.net/c/b.csv?sv=1&sig=Secret", "https://a.blob.core.windows.net/c/b.csv")]
    [InlineData("https://a.blob.core.windows.net/c/b.csv;managed_identity=system", "https://a.blob.core.windows.net/c/b.csv")]
    [InlineData("https://a.blob.core.windows.net/c/b.csv;Secret/==", "https://a.blob.core.windows.net/c/b.csv")]
    [InlineData("https://a.blob.core.windows.net/c/;impersonate", "https://a.blob.core.windows.net/c/")]
    [InlineData("http://localhost:1/c/b?sig=Secret#Secret", "http://localhost:1/c/b")]
    public void A_location_shows_its_address_and_never_the_right_to_read_it(string text, string name)
    {
        var location = StorageLocation.Parse(text);
        Assert.Equal((name, name), (location.Name, location.ToString()));
        Assert.Equal(text, location.Uri.AbsoluteUri);
        var blob = new BlobIngestion { Location = location, Format = AdxDataFormat.Csv };
        Assert.DoesNotContain("Secret", blob.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://a.blob.core.windows.net/c/b?sig=Secret")]
    [InlineData("https://Secret@a.blob.core.windows.net/c/b")]
    [InlineData("c/b?sig=Secret")]
    [InlineData("")]
    public void What_is_no_address_of_https_is_refused_without_being_shown(string text)
    {
        AdxException failure = Assert.Throws<AdxException>(() => StorageLocation.Parse(text));
        Assert.Equal("AdxInvalidUri", failure.ErrorId);
        Assert.DoesNotContain("Secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_names_everything_and_hides_the_address_from_logs()
    {
        var request = new IngestionRequest { Table = "T'1", MappingName = "m", Tags = ["a"], IngestIfNotExists = ["b"], CreationTime = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) };
        var container = new ContainerIngestion
        {
            Location = StorageLocation.Parse("https://a.blob.core.windows.net/c/p/?sig=x"),
            Format = AdxDataFormat.Json,
            IgnoreFirstRecord = true,
            Suffix = ".json",
            MaxBlobs = 5,
            CompressionFactor = 7.25,
        };
        Assert.Equal(
            """.ingest-from-storage-queued into table database('d').['T\'1'] EnableTracking=true CompressionFactor=7.25 with (format='json', ingestionMappingReference='m', ignoreFirstRecord='true', tags='[\"a\"]', ingestIfNotExists='[\"b\"]', creationTime='2026-01-02T03:04:05.0000000Z') <| .list blobs (h'https://a.blob.core.windows.net/c/p/?sig=x') Suffix='.json' MaxFiles=5""",
            StorageIngestionCommands.Ingest("d", request, container));
        Assert.Equal(".show queued ingestion operations 'o\\'1'", StorageIngestionCommands.ShowOperation("o'1"));
    }
}
