using System.Text.Json;

namespace AdxFlow.Ingestion.Spool;

/// <summary>What one ingestion in a spool is. It holds no secret: a signature or a token is fetched anew by whoever sends.</summary>
internal sealed record SpoolManifest
{
    /// <summary>The form of everything in the directory; a newer one is left alone.</summary>
    public const int CurrentVersion = 1;

    public const string FileName = "manifest.json";

    public int Version { get; init; } = CurrentVersion;

    public required Guid Id { get; init; }

    public string? Name { get; init; }

    public required Uri Cluster { get; init; }

    public required Uri IngestionUri { get; init; }

    public required string Database { get; init; }

    public required string Table { get; init; }

    public AdxDataFormat Format { get; init; } = AdxDataFormat.Csv;

    public required AdxDeliveryGuarantee DeliveryGuarantee { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> IngestIfNotExists { get; init; } = [];

    public DateTime? CreationTime { get; init; }

    /// <summary>The policy by which the data is checked, as JSON.</summary>
    public string? ValidationPolicy { get; init; }

    public bool SkipBatching { get; init; }

    public bool ExtendSchema { get; init; }

    public bool KeepBlob { get; init; }

    public required DateTime CreatedOn { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Reads the manifest of a directory; null when it has none, and is no spool.</summary>
    /// <exception cref="AdxException"><c>AdxSpoolVersion</c>, <c>AdxSpoolDamaged</c>, or the file cannot be read.</exception>
    public static SpoolManifest? Find(string directory)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(Path.Combine(directory, FileName));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SpoolErrors.From(failure, directory);
        }
        try
        {
            // The version comes first: what a newer one says beside it, and how, is not known here.
            using (JsonDocument json = JsonDocument.Parse(content))
            {
                if (json.RootElement.GetProperty("version").GetInt32() is var version and > CurrentVersion)
                    throw SpoolErrors.Version(directory, version);
            }
            return JsonSerializer.Deserialize<SpoolManifest>(content, SpoolFiles.Json) ?? throw new JsonException("It is null.");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw SpoolErrors.IsDamaged(directory, "its manifest cannot be read.", failure);
        }
    }

    public void Save(string directory) => SpoolFiles.Write(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(this, SpoolFiles.Json));
}
