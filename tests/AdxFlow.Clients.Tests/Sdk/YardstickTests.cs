using System.Collections.Specialized;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Web;
using AdxFlow.Clients.Tests.Storage;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Clients.Tests.Sdk;

/// <summary>
/// What Microsoft's queued client leaves in storage for a file and its properties, and what ours leaves for the same. Each field in
/// which the two differ is named in the case, so that no other does.
/// </summary>
public sealed class YardstickTests(AzuriteServer azurite, KustoSdk sdk) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("adxflow-yardstick-").FullName;

    public static TheoryData<string> Cases => [.. YardstickCases.All.Keys];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Removes the files.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_leave_the_same_but_for_what_is_known(string name)
    {
        YardstickCase given = YardstickCases.All[name];
        string file = Path.Combine(_folder, given.File);
        await File.WriteAllBytesAsync(file, given.Content, Stop);

        LentStorage theirs = await LentStorage.CreateAsync(azurite);
        await using var their = new ClassicCluster(theirs);
        await sdk.IngestAsync(their.Address, "queued", file, given.PropertiesOfSdk(), given.MappingOfSdk());

        LentStorage ours = await LentStorage.CreateAsync(azurite, hasStatusTable: given.ReportsToTable);
        await using var our = new ClassicCluster(ours);
        await using (IngestionSession session = await our.StartAsync(given.Request))
        {
            session.OpenFiles().Add(new FileIngestion { Path = file, IgnoreFirstRecord = given.IgnoreFirstRecord });
            Assert.Single((await session.CompleteAsync()).Batches);
        }

        Dictionary<string, string> left = await ReadAsync(theirs, given.ReportsToTable);
        Dictionary<string, string> leftByUs = await ReadAsync(ours, given.ReportsToTable);
        string[] different = [.. left.Keys.Union(leftByUs.Keys).Where(field => left.GetValueOrDefault(field) != leftByUs.GetValueOrDefault(field)).Order(StringComparer.Ordinal)];
        Assert.True(
            different.SequenceEqual(given.Differences.Keys.Concat(YardstickCases.Always.Keys).Order(StringComparer.Ordinal)),
            string.Join('\n', different.Select(field => $"{field}: {left.GetValueOrDefault(field)} | {leftByUs.GetValueOrDefault(field)}")));
    }

    /// <summary>All that is in storage, flat: names of fields, kinds and values. What is another in every run is told by its form.</summary>
    private static async Task<Dictionary<string, string>> ReadAsync(LentStorage lent, bool isReported)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string blob = Assert.Single(await lent.Storage.ListBlobsAsync(lent.Containers[0]));
        JsonObject message = Assert.Single(await lent.Storage.ReadMessagesAsync(lent.Queues[0]));
        string id = (string)message["Id"]!;
        var address = new Uri((string)message["BlobPath"]!);
        found["blob:name"] = blob.Replace(id, "<id>", StringComparison.OrdinalIgnoreCase).Replace(Guid.Parse(id).ToString("N"), "<id in digits>", StringComparison.OrdinalIgnoreCase);
        byte[] stored = await lent.Storage.ReadBlobAsync(lent.Containers[0], blob);
        found["blob:compression"] = stored is [0x1F, 0x8B, ..] ? "gzip" : "none";
        found["blob:content"] = Convert.ToBase64String(stored is [0x1F, 0x8B, ..] ? Gunzip(stored) : stored);
        HttpContentHeaders headers = await lent.Storage.ReadHeadersAsync(lent.Containers[0], blob);
        found["blob:headers"] = $"{headers.ContentType} {string.Join(',', headers.ContentEncoding)}";
        Flatten("message", message, found, Known);
        if (isReported)
            Flatten("row", Assert.Single(await lent.Storage.ReadRowsAsync(lent.StatusTable)), found, Known);
        return found;

        string Known(string text) => text switch
        {
            _ when text == id => "<id>",
            _ when text == address.OriginalString => $"<blob> {Signature(address)}",
            _ when text == address.GetLeftPart(UriPartial.Path) => "<blob>",
            _ when Uri.TryCreate(text, UriKind.Absolute, out Uri? table) && table.Scheme == Uri.UriSchemeHttps => $"{table.AbsolutePath.Replace(lent.StatusTable, "<table>", StringComparison.Ordinal)} {Signature(table)}",
            _ when DateTime.TryParse(text, out _) && text.EndsWith('Z') => "<time>",
            _ => text,
        };
    }

    // Each test's storage has signatures of its own: what they permit is the same.
    private static string Signature(Uri address)
    {
        NameValueCollection query = HttpUtility.ParseQueryString(address.Query);
        return string.Join('&', query.AllKeys.Where(static key => key is not ("sig" or "se" or "tn")).Select(key => $"{key}={query[key]}").Order(StringComparer.Ordinal));
    }

    private static void Flatten(string path, JsonNode? node, Dictionary<string, string> found, Func<string, string> known)
    {
        switch (node)
        {
            case JsonObject json:
                foreach ((string name, JsonNode? value) in json)
                {
                    // What storage itself says of the row.
                    if (!name.StartsWith("odata.", StringComparison.Ordinal) && !name.StartsWith("Timestamp", StringComparison.Ordinal))
                        Flatten($"{path}:{name}", value, found, known);
                }
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                found[path] = "text " + known(text);
                break;
            // A field without a value is as good as none.
            case null:
                break;
            default:
                found[path] = node.ToJsonString();
                break;
        }
    }

    private static byte[] Gunzip(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
