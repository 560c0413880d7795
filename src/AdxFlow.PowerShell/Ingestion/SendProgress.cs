using System.Diagnostics;
using System.Globalization;
using AdxFlow.Ingestion;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>The words of Send-AdxData's progress: rows, megabytes, batches, how fast, and which file.</summary>
internal sealed class SendProgress
{
    private const double BytesPerMegabyte = 1024 * 1024;

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();

    /// <summary>How many files there are; 0 for rows.</summary>
    public int Files { get; set; }

    /// <summary>How many of them were refused before anything was read of them.</summary>
    public int FilesRefused { get; set; }

    public int Percent(IngestionProgress progress) => Files == 0 ? -1 : (int)(100 * FilesDone(progress) / Files);

    public string Text(IngestionProgress progress)
    {
        double seconds = Math.Max(_elapsed.Elapsed.TotalSeconds, 0.001);
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{progress.Rows:N0} rows, {progress.RawBytes / BytesPerMegabyte:N1} MB, {progress.Batches:N0} batches accepted; {progress.Rows / seconds:N0} rows/s, {progress.RawBytes / BytesPerMegabyte / seconds:N1} MB/s");
        return Files == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}; {FilesDone(progress):N0} of {Files:N0} files");
    }

    private long FilesDone(IngestionProgress progress) => progress.Files + FilesRefused;
}
