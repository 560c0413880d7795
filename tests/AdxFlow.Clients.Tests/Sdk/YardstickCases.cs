using System.Text;

namespace AdxFlow.Clients.Tests.Sdk;

/// <summary>The files and properties that are compared, and why the two clients differ where they do.</summary>
internal static class YardstickCases
{
    /// <summary>The fields that differ in every case.</summary>
    public static IReadOnlyDictionary<string, string> Always { get; } = new Dictionary<string, string>
    {
        ["blob:name"] = "Ours begins with the name of this module, has no name of a database, table or file in it, and ends as the content is packed. "
            + "Theirs ends in .gz behind whatever the file is called, also where nothing was compressed or twice the same.",
        ["message:ApplicationForTracing"] = "The module here, the script there.",
        ["message:ClientVersionForTracing"] = "The client itself.",
    };

    public static IReadOnlyDictionary<string, YardstickCase> All { get; } = new Dictionary<string, YardstickCase>
    {
        ["csv"] = new() { File = "rows.csv", Content = "1,a\n2,b\n"u8.ToArray(), Sdk = """{"format":"csv"}""", Differences = With() },
        ["csv with every property"] = new()
        {
            File = "rows.csv",
            Content = "1,a\n2,b\n"u8.ToArray(),
            Request = static request => request with
            {
                MappingName = "m ü",
                Tags = ["one", "drop-by:two"],
                IngestBy = ["three"],
                IngestIfNotExists = ["three"],
                SkipBatching = true,
                KeepBlob = true,
                CreationTime = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                ValidationPolicy = AdxValidationPolicy.BestEffort,
            },
            Sdk = """
                {
                  "format": "csv", "ingestionMappingReference": "m ü", "ingestionMappingKind": "Csv",
                  "additionalTags": ["one"], "dropByTags": ["two"], "ingestByTags": ["three"], "ingestIfNotExists": "[\"three\"]",
                  "flushImmediately": true, "validationPolicy": "{\"ValidationOptions\":1,\"ValidationImplications\":1}",
                  "additionalProperties": { "creationTime": "2026-01-02T03:04:05.0000000Z" }
                }
                """,
            Differences = new Dictionary<string, string>
            {
                ["message:AdditionalProperties:ValidationPolicy"] = ValidationPolicy,
                ["message:AdditionalProperties:validationPolicy"] = ValidationPolicy,
            },
        },
        ["csv with a header"] = new()
        {
            File = "rows.csv",
            Content = "n,text\n1,a\n"u8.ToArray(),
            IgnoreFirstRecord = true,
            Sdk = """{"format":"csv","ignoreFirstRecord":true}""",
            Differences = With(("blob:content", Header), ("message:AdditionalProperties:ignoreFirstRecord", Header), ("message:RawDataSize", Header)),
        },
        ["csv, told in the status table"] = new()
        {
            File = "rows.csv",
            Content = "1,a\n"u8.ToArray(),
            ReportsToTable = true,
            Sdk = """{"format":"csv"}""",
            Differences = With(
                ("message:IngestionStatusInTable:PartitionKey", Case), ("message:IngestionStatusInTable:partitionKey", Case),
                ("message:IngestionStatusInTable:RowKey", Case), ("message:IngestionStatusInTable:rowKey", Case),
                ("message:IngestionStatusInTable:TableConnectionString", Table), ("message:IngestionStatusInTable:tableConnectionString", Table),
                ("row:Details", "Theirs is empty, until the service has something to say."),
                ("row:UpdatedOn", Time), ("row:UpdatedOn@odata.type", Time)),
        },
        ["csv with a mapping sent along"] = new()
        {
            File = "rows.csv",
            Content = "1,a\n"u8.ToArray(),
            Request = static request => request with { Mapping = [new AdxColumnMapping { Column = "n", Type = AdxType.Long, Ordinal = 0 }, new AdxColumnMapping { Column = "text", Ordinal = 1 }] },
            Sdk = """{"format":"csv","ingestionMappingKind":"Csv"}""",
            SdkMapping = """[{"column":"n","type":"long","ordinal":0},{"column":"text","ordinal":1}]""",
            Differences = With(),
        },
        ["json with a mapping sent along"] = new()
        {
            File = "rows.json",
            Content = """{"id":1,"ü":"a"}"""u8.ToArray(),
            Request = static request => request with { Mapping = [new AdxColumnMapping { Column = "n", Type = AdxType.Long, Path = "$.id" }, new AdxColumnMapping { Column = "text", Path = "$['ü']" }] },
            Sdk = """{"format":"json","ingestionMappingKind":"Json"}""",
            SdkMapping = """[{"column":"n","type":"long","path":"$.id"},{"column":"text","path":"$['ü']"}]""",
            Differences = With(("blob:content", LastLine), ("message:RawDataSize", LastLine)),
        },
        ["gzip"] = new()
        {
            File = "rows.tsv.gz",
            Content = Gzip("1\ta\n"),
            Sdk = """{"format":"tsv"}""",
            Differences = With(("message:RawDataSize", "Ours is what is in it; theirs takes what is packed for 11 times as much.")),
        },
        ["parquet"] = Whole("parquet", "PAR1xxxxPAR1", "Parquet", "Parquet"),
        ["apacheavro"] = Whole("apacheavro", "Obj\u0001xxxx", "ApacheAvro", "ApacheAvro"),
        ["orc"] = Whole("orc", "ORCxxxx", "orc", "Orc"),
    };

    private const string Retained = "Ours is deleted once it is ingested, unless the caller wants to keep it; theirs stays until storage forgets it.";
    private const string ValidationPolicy = "The documentation of the ingestion properties writes it small. The service reads names in any case.";
    private const string Header = "Ours cuts the header off itself, which a file in several batches needs; theirs asks the service to.";
    private const string Case = "Theirs writes these names small, other SDKs of Microsoft's large. The service reads names in any case.";
    private const string Table = Case + " And theirs names the account alone, where ours names the table, as Microsoft's other SDKs do.";
    private const string Time = "Ours is a time, as Microsoft's other SDKs have it; theirs is milliseconds in a text.";
    private const string LastLine = "Ours ends the last record too, as another file's may follow.";

    /// <summary>What differs where the blob is not to be kept, and what else.</summary>
    private static Dictionary<string, string> With(params (string Field, string Reason)[] differences)
    {
        var all = differences.ToDictionary(static difference => difference.Field, static difference => difference.Reason);
        all.Add("message:RetainBlobOnSuccess", Retained);
        return all;
    }

    /// <summary>A file that goes as it is, with a mapping by name.</summary>
    private static YardstickCase Whole(string format, string content, string kindOfSdk, string kind) => new()
    {
        File = "rows." + format,
        Content = Encoding.UTF8.GetBytes(content),
        Request = static request => request with { MappingName = "m" },
        Sdk = $$"""{"format":"{{format}}","ingestionMappingReference":"m","ingestionMappingKind":"{{kindOfSdk}}"}""",
        Differences = kindOfSdk == kind
            ? With(WholeSize)
            : With(WholeSize, ("message:AdditionalProperties:ingestionMappingType", "Theirs alone writes it small; the other SDKs of Microsoft's write it as the documentation does.")),
    };

    private static (string Field, string Reason) WholeSize => ("message:RawDataSize", "Ours is the size of the file, as nobody here can look into it; theirs is 11 times that, as if it had been compressed.");

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
