using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Files;

/// <summary>A file that has proved whole: its records in memory, or its batches, uploaded.</summary>
internal sealed class UploadedFile
{
    public UploadedFile(FormatRoute route, FileRecords small)
    {
        Route = route;
        Small = small;
    }

    public UploadedFile(FormatRoute route, params IReadOnlyList<SealedBatch> batches)
    {
        Route = route;
        Batches = batches;
    }

    public FormatRoute Route { get; }

    /// <summary>The records of a small file, to be put into a batch with others' and then disposed; else null.</summary>
    public FileRecords? Small { get; }

    public IReadOnlyList<SealedBatch> Batches { get; } = [];
}
