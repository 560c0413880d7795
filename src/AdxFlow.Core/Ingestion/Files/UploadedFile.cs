using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Files;

/// <summary>A file that has proved whole: its records in memory, or its batches, uploaded.</summary>
internal sealed class UploadedFile
{
    public UploadedFile(AdxDataFormat format, FileRecords small)
    {
        Format = format;
        Small = small;
    }

    public UploadedFile(AdxDataFormat format, params IReadOnlyList<SealedBatch> batches)
    {
        Format = format;
        Batches = batches;
    }

    public AdxDataFormat Format { get; }

    /// <summary>The records of a small file, to be put into a batch with others' and then disposed; else null.</summary>
    public FileRecords? Small { get; }

    public IReadOnlyList<SealedBatch> Batches { get; } = [];
}
