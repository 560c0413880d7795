using System.Diagnostics;
using System.Diagnostics.Metrics;
using AdxFlow.Http;

namespace AdxFlow.Ingestion;

/// <summary>What is measured of ingestion, and the spans of its traces. Names, units and tags are told in about_AdxFlow_Metrics.</summary>
internal static class IngestionMetrics
{
    public const string SendStage = "send";
    public const string IngestStage = "ingest";

    private static readonly Counter<long> Batches = Telemetry.Meter.CreateCounter<long>("adxflow.ingestion.batches", "{batch}", "Batches that the service has accepted.");
    private static readonly Counter<long> Rows = Telemetry.Meter.CreateCounter<long>("adxflow.ingestion.rows", "{row}", "Rows in the batches that the service has accepted.");
    private static readonly Counter<long> RejectedRows = Telemetry.Meter.CreateCounter<long>("adxflow.ingestion.rejected_rows", "{row}", "Rows that were refused on this side and not sent.");
    private static readonly Counter<long> RawBytes = Telemetry.Meter.CreateCounter<long>("adxflow.ingestion.raw", "By", "Bytes in accepted batches before compression.");
    private static readonly Counter<long> SentBytes = Telemetry.Meter.CreateCounter<long>("adxflow.ingestion.sent", "By", "Bytes in accepted batches as sent.");
    private static readonly Counter<long> Failures = Telemetry.Meter.CreateCounter<long>("adxflow.ingestion.failures", "{failure}", "Ingestions that could not be sent, and batches that the service did not ingest.");
    private static readonly Histogram<double> Uploads = Telemetry.Meter.CreateHistogram<double>("adxflow.ingestion.upload.duration", "s", "Time to put a blob, a block or a list of blocks into storage, retries included.");
    private static readonly Histogram<double> Submissions = Telemetry.Meter.CreateHistogram<double>("adxflow.ingestion.submit.duration", "s", "Time to hand batches over to the service, retries included.");

    /// <summary>The tags of all that an ingestion does.</summary>
    public static KeyValuePair<string, object?>[] TagsOf(string database, string table, AdxIngestionMode mode) =>
        [new("database", database), new("table", table), new("mode", mode.ToString())];

    /// <summary>A span with the tags of the work under way; null where nobody listens.</summary>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal, ActivityContext parent = default) =>
        Telemetry.Source.StartActivity(name, kind, parent, Telemetry.Tags);

    public static void Accept(AdxIngestionBatch batch, KeyValuePair<string, object?>[] tags)
    {
        Batches.Add(1, tags);
        Rows.Add(batch.Rows ?? 0, tags);
        RawBytes.Add(batch.RawBytes ?? 0, tags);
        SentBytes.Add(batch.SentBytes ?? 0, tags);
    }

    public static void Reject(KeyValuePair<string, object?>[] tags) => RejectedRows.Add(1, tags);

    /// <summary>An ingestion or a batch that failed for good.</summary>
    public static void Fail(string stage, string error, KeyValuePair<string, object?>[] tags)
    {
        if (Failures.Enabled)
            Failures.Add(1, new TagList(tags) { { "stage", stage }, { "error.type", error } });
    }

    /// <summary>What a failure is called in tags: the service's code, or the error's id.</summary>
    public static string NameOf(Exception failure) => failure is AdxException known ? known.ServiceCode ?? known.ErrorId : failure.GetType().Name;

    /// <summary>Measures an upload.</summary>
    public static Task UploadAsync(Func<Task> upload) => MeasureAsync(Uploads, upload);

    /// <summary>Measures the handing over of batches, as a span of its own.</summary>
    public static async Task SubmitAsync(int batches, Func<Task> submit)
    {
        using Activity? span = Start("adxflow.submit", ActivityKind.Producer);
        span?.SetTag("batches", batches);
        try
        {
            await MeasureAsync(Submissions, submit);
        }
        catch (Exception failure)
        {
            End(span, failure);
            throw;
        }
    }

    /// <summary>Marks a span as failed, without the message: what a service writes there may be anything.</summary>
    public static void End(Activity? span, Exception failure)
    {
        span?.SetTag("error.type", NameOf(failure));
        span?.SetStatus(ActivityStatusCode.Error);
    }

    private static async Task MeasureAsync(Histogram<double> histogram, Func<Task> work)
    {
        if (!histogram.Enabled)
        {
            await work();
            return;
        }
        long start = Stopwatch.GetTimestamp();
        try
        {
            await work();
            histogram.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, Telemetry.Tags);
        }
        catch (Exception failure)
        {
            histogram.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, Telemetry.Failed(NameOf(failure)));
            throw;
        }
    }
}
