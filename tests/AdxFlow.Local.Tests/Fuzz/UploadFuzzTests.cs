using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Storage.Blobs;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Tests.Kql;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>
/// Spoilt data with spoilt properties, in every format. It is ingested, and then as many rows are there as were told; or it is
/// refused, and then there are none.
/// </summary>
public sealed class UploadFuzzTests
{
    private const string Text = "1,10,1.5,1.10,true,2024-01-01T10:00:00Z,01:00:00,74be27de-1e4e-49d9-b579-fe0b331d3642,\"x\"\"\ny\",\"{\"\"a\"\":[1,2]}\"\r\n2,,,,,,,,é,[]\n";

    private const string Json =
        "{\"i\":1,\"l\":10,\"r\":1.5,\"dec\":\"1.10\",\"b\":true,\"dt\":\"2024-01-01T10:00:00Z\",\"ts\":\"01:00:00\",\"g\":\"74be27de-1e4e-49d9-b579-fe0b331d3642\",\"s\":\"\\u00e9\",\"d\":{\"a\":[1,null]}}\n{\"i\":2,\"d\":[]}\n";

    private static readonly string[] Properties =
    [
        "{\"format\":\"F\"}",
        "{\"format\":\"F\",\"ignoreFirstRecord\":true,\"ignoreLastRecordIfInvalid\":true}",
        "{\"format\":\"F\",\"tags\":[\"ingest-by:x\"],\"ingestIfNotExists\":[\"y\"],\"zipPattern\":\"*.csv\"}",
        "{\"format\":\"F\",\"validationPolicy\":\"{\\\"ValidationOptions\\\":1,\\\"ValidationImplications\\\":0}\",\"creationTime\":\"2026-01-01\"}",
        "{\"format\":\"F\",\"ingestionMapping\":\"[{\\\"Column\\\":\\\"s\\\",\\\"Properties\\\":{\\\"Ordinal\\\":\\\"0\\\"}},{\\\"Column\\\":\\\"n\\\",\\\"DataType\\\":\\\"long\\\",\\\"Properties\\\":{\\\"ConstValue\\\":\\\"5\\\"}}]\"}",
        "{\"format\":\"F\",\"ingestionMapping\":\"[{\\\"Column\\\":\\\"d\\\",\\\"Properties\\\":{\\\"Path\\\":\\\"$.d.a[0]\\\"}},{\\\"Column\\\":\\\"dt\\\",\\\"Properties\\\":{\\\"Path\\\":\\\"$.l\\\",\\\"Transform\\\":\\\"DateTimeFromUnixSeconds\\\"}}]\"}",
    ];

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("tsve")]
    [InlineData("scsv")]
    [InlineData("sohsv")]
    [InlineData("psv")]
    [InlineData("txt")]
    [InlineData("raw")]
    [InlineData("json")]
    [InlineData("multijson")]
    [InlineData("singlejson")]
    public async Task Spoilt_data_is_ingested_whole_or_not_at_all(string format)
    {
        var random = new Random(FuzzSettings.Seed);
        var bytes = new ByteMutator(random);
        byte[] plain = Encoding.UTF8.GetBytes(format switch
        {
            "json" or "multijson" => Json,
            "singlejson" => Json.Split('\n')[0],
            _ => Text.Replace(',', Delimiter(format)),
        });
        (string Name, byte[] Data)[] corpus = [("a", plain), ("a.gz", Packed.Gzip(plain)), ("a.zip", Packed.Zip(plain))];
        string[] properties = [.. Properties.Select(p => p.Replace("\"F\"", $"\"{format}\"", StringComparison.Ordinal))];
        await using var services = new LocalServices(new Uri("http://localhost:1/"), new LocalClusterOptions(), StateLog.None);
        HostedDatabase database = services.Database(null);
        int ingested = 0;
        int rounds = FuzzSettings.Rounds(11_000) / 11;
        for (int i = 0; i < rounds; i++)
        {
            database.Data.Tables["T"] = QueryRunner.CreateTable("T", QueryRunner.Schema);
            database.ClearTags("T");
            (string name, byte[] data) = corpus[random.Next(corpus.Length)];
            byte[] spoilt = bytes.Next(data);
            byte[] asked = Encoding.UTF8.GetBytes(properties[random.Next(properties.Length)]);
            if (random.Next(4) == 0) asked = bytes.Next(asked);
            try
            {
                if (Ingest(database, name, spoilt, asked)) ingested++;
            }
            catch (Exception defect) when (defect is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{name} {Convert.ToBase64String(spoilt)} with {Encoding.Latin1.GetString(asked)} ended in {defect.GetType().Name}: {defect.Message}", defect);
            }
        }

        Assert.True(ingested > rounds / 50, $"Only {ingested} were ingested.");
    }

    private static bool Ingest(HostedDatabase database, string name, byte[] data, byte[] asked)
    {
        long told = 0;
        try
        {
            LocalJson.Demand(asked);
            using JsonDocument json = JsonDocument.Parse(asked);
            IngestionProperties properties = IngestionProperties.FromJson(json.RootElement);
            told = BlobIngestion.Ingest(database, "T", [new IngestionSource(BlobContent.FromBytes(data), name)], properties).Count;
            Assert.NotEqual(0, told);
        }
        catch (Exception refusal) when (refusal is IngestionException or JsonException or ServiceException { Status: < 500 })
        {
            Assert.NotEmpty(refusal.Message);
        }

        string rows = QueryRunner.Rows(KqlEngine.Execute(database.Data, "T", null, CancellationToken.None)[0]);
        Assert.Equal(told, rows.Length == 0 ? 0 : rows.Split('\n').Length);
        return told > 0;
    }

    private static char Delimiter(string format) => format switch
    {
        "tsv" or "tsve" => '\t',
        "scsv" => ';',
        "sohsv" => '\u0001',
        "psv" => '|',
        _ => ',',
    };

}
