using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion.Classic;

/// <summary>A message in an ingestion queue: JSON in Base64. Names are case-insensitive, and values may be texts.</summary>
/// <remarks>Source: Microsoft Learn, "How to ingest data with the REST API", "Ingestion message internal structure"; the
/// status row: as the SDKs have it.</remarks>
internal sealed record IngestionMessage
{
    private static readonly Dictionary<string, string> NoProperties = new(StringComparer.OrdinalIgnoreCase);

    public Guid Id { get; private init; }

    public string BlobPath { get; private init; } = "";

    public long? RawDataSize { get; private init; }

    public string Database { get; private init; } = "";

    public string Table { get; private init; } = "";

    public bool RetainBlobOnSuccess { get; private init; }

    public bool FlushImmediately { get; private init; }

    public ReportLevel ReportLevel { get; private init; }

    public ReportMethod ReportMethod { get; private init; }

    /// <summary>The keys of the row in the status table; null for none.</summary>
    public (string Partition, string Row)? StatusRow { get; private init; }

    /// <summary>The ingestion properties, and the identity token under <c>authorizationContext</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; private init; } = NoProperties;

    /// <summary>The address of the blob without its signature.</summary>
    public string BlobAddress => StorageLocator.Parse(BlobPath)?.Address ?? "";

    /// <summary>As much of it as telling its outcome needs, as a message: no signature, no token.</summary>
    public string ForReport() => Convert.ToBase64String(LocalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(Id), Id);
        writer.WriteString(nameof(BlobPath), BlobAddress);
        writer.WriteString("DatabaseName", Database);
        writer.WriteString("TableName", Table);
        writer.WriteString(nameof(ReportLevel), ReportLevel.ToString());
        writer.WriteString(nameof(ReportMethod), ReportMethod.ToString());
        if (StatusRow is { } row)
        {
            writer.WriteStartObject("IngestionStatusInTable");
            writer.WriteString("PartitionKey", row.Partition);
            writer.WriteString("RowKey", row.Row);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }));

    /// <summary>Reads a message; null where it is corrupted.</summary>
    public static IngestionMessage? Read(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        if (!Convert.TryFromBase64String(text, bytes, out int length)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(0, length));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(Members(document.RootElement)) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static IngestionMessage Read(Dictionary<string, JsonElement> members)
    {
        string id = Text(members, "Id");
        string size = Text(members, "RawDataSize");
        return new IngestionMessage
        {
            Id = id.Length == 0 ? Guid.NewGuid() : Guid.Parse(id),
            BlobPath = Text(members, "BlobPath"),
            RawDataSize = size.Length == 0 ? null : long.Parse(size, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) is > 0 and var bytes ? bytes : null,
            Database = Text(members, "DatabaseName"),
            Table = Text(members, "TableName"),
            RetainBlobOnSuccess = Flag(members, "RetainBlobOnSuccess"),
            FlushImmediately = Flag(members, "FlushImmediately"),
            ReportLevel = Choice<ReportLevel>(Text(members, "ReportLevel")),
            ReportMethod = Choice<ReportMethod>(Text(members, "ReportMethod")),
            StatusRow = members.TryGetValue("IngestionStatusInTable", out JsonElement status) && status.ValueKind == JsonValueKind.Object ? Row(Members(status)) : null,
            Properties = members.TryGetValue("AdditionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.Object
                ? Members(more).ToDictionary(m => m.Key, m => m.Value.ValueKind == JsonValueKind.Null ? "" : m.Value.ToString(), StringComparer.OrdinalIgnoreCase)
                : NoProperties,
        };
    }

    private static Dictionary<string, JsonElement> Members(JsonElement json)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in json.EnumerateObject())
            members.TryAdd(member.Name, member.Value);
        return members;
    }

    private static string Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value.ToString()
            : "";

    private static bool Flag(Dictionary<string, JsonElement> members, string name) => Text(members, name) is { Length: > 0 } text && bool.Parse(text);

    private static T Choice<T>(string text)
        where T : struct, Enum
    {
        if (text.Length == 0) return default;
        return Enum.TryParse(text, ignoreCase: true, out T choice) && Enum.IsDefined(choice) ? choice : throw new FormatException($"'{text}' is not a {typeof(T).Name}.");
    }

    private static (string Partition, string Row)? Row(Dictionary<string, JsonElement> status) =>
        Text(status, "PartitionKey") is { Length: > 0 } partition && Text(status, "RowKey") is { Length: > 0 } row ? (partition, row) : null;
}
