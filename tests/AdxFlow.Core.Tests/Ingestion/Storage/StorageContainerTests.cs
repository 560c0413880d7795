using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Core.Tests.Ingestion.Storage;

public sealed class StorageContainerTests
{
    private const string Sas = "sv=2021-06-08&se=2026-01-01T00%3A00%3A00Z&sr=c&sp=rw&sig=a%2Bb%2Fc%3D";

    [Theory]
    [InlineData("https://acct.blob.core.windows.net/cont?" + Sas)]
    [InlineData("https://acct.blob.core.windows.net/cont/?" + Sas)]
    [InlineData("https://acct.blob.core.windows.net:443/cont?" + Sas)]
    public void The_blobs_address_has_the_sas_as_it_came(string path) =>
        Assert.Equal("https://acct.blob.core.windows.net/cont/b.csv.gz?" + Sas, new StorageContainer(path).BlobUri("b.csv.gz").AbsoluteUri);

    [Fact]
    public void What_is_asked_of_the_blob_comes_before_the_sas() =>
        Assert.Equal(
            "https://acct.blob.core.windows.net/cont/b?comp=block&blockid=AAAA%3D&" + Sas,
            new StorageContainer("https://acct.blob.core.windows.net/cont?" + Sas).BlobUri("b", "comp=block&blockid=AAAA%3D").AbsoluteUri);

    [Fact]
    public void A_container_without_sas_has_addresses_without_one()
    {
        var container = new StorageContainer("https://acct.blob.core.windows.net/cont/folder");
        Assert.Equal("https://acct.blob.core.windows.net/cont/folder/b", container.BlobUri("b").AbsoluteUri);
        Assert.Equal("https://acct.blob.core.windows.net/cont/folder/b?comp=blocklist", container.BlobUri("b", "comp=blocklist").AbsoluteUri);
    }

    [Fact]
    public void A_blobs_name_is_escaped() =>
        Assert.Equal("https://a.example.net/c/b%20%3F%23%25?" + Sas, new StorageContainer("https://a.example.net/c?" + Sas).BlobUri("b ?#%").AbsoluteUri);

    [Fact]
    public void Asking_for_one_blob_does_not_change_the_next()
    {
        var container = new StorageContainer("https://a.example.net/c?" + Sas);
        Uri before = container.BlobUri("b");
        container.BlobUri("other", "comp=blocklist");
        Assert.Equal(before, container.BlobUri("b"));
    }

    [Fact]
    public void The_sas_does_not_print()
    {
        var container = new StorageContainer("https://acct.blob.core.windows.net/cont?" + Sas);
        Assert.Equal("acct.blob.core.windows.net/cont", container.ToString());
        Assert.Equal("acct.blob.core.windows.net/cont", container.Name);
    }

    [Theory]
    [InlineData("http://acct.blob.core.windows.net/cont?" + Sas)]
    [InlineData("http://10.0.0.1/cont?" + Sas)]
    [InlineData("ftp://acct.blob.core.windows.net/cont?" + Sas)]
    public void Plain_http_is_refused_without_showing_the_sas(string path)
    {
        AdxException failure = Assert.Throws<AdxException>(() => new StorageContainer(path));
        Assert.Equal("AdxHttpNotAllowed", failure.ErrorId);
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c%3D", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:1234/storage/c")]
    [InlineData("http://127.0.0.1:1234/storage/c")]
    [InlineData("http://[::1]:1234/storage/c")]
    public void Plain_http_to_this_machine_is_fine(string path) =>
        Assert.Equal(path + "/b?" + Sas, new StorageContainer(path + "?" + Sas).BlobUri("b").AbsoluteUri);
}
