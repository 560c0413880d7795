using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AdxFlow.Core.Tests.Auth;
using AdxFlow.Core.Tests.Ingestion.Spool;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Lines;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Spool;
using AdxFlow.Ingestion.Storage;
using AdxFlow.Ingestion.Transports;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion.Chaos;

/// <summary>One round: sends rows while things break, then looks what is there.</summary>
internal sealed partial class ChaosRound(ChaosPlan plan)
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];

    private readonly ManualClock _clock = new();
    private readonly List<BlobIngestion> _blobs = [];
    private int _given;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        await using LocalTable table = await LocalTable.CreateOnAsync(new LocalClusterOptions
        {
            Clock = _clock,
            StorageAccounts = plan.StorageAccounts,
            SignatureLifetime = TimeSpan.FromHours(2),
            IngestionMethods = plan.Way == "Classic" ? LocalIngestionMethods.ClassicOnly : LocalIngestionMethods.RestAndClassic,
        }, Columns);
        if (plan.Way is "Streaming" or "Auto")
            await table.AllowStreamingAsync();
        using var place = new SpoolPlace();
        using var files = new SpoolPlace();
        if (plan.Source == "Blobs")
            await UploadAsync(table);
        (AdxIngestion? accepted, Exception? failure) = await SendAsync(table, place, files);
        Assert.True(failure is null or AdxException or OperationCanceledException, $"This is no error of the module: {failure}");
        for (Exception? told = failure; told is not null; told = told.InnerException)
            Assert.DoesNotMatch(Secret(), told.ToString());
        if (failure is AdxException { RecommendedAction: { } action })
            Assert.DoesNotMatch(Secret(), action);
        foreach (LocalFaultState fault in table.Cluster.Faults.Where(static fault => !IsOutageOfStatus(fault.Fault)))
            table.Cluster.RemoveFault(fault.Id);

        bool isComplete = failure is null && plan.StopsAt is null;
        long taken = isComplete ? _given : 0;
        if (plan.IsSpooled)
            taken = await ResumeAsync(table, place, isComplete);
        AdxIngestion? finished = accepted is null || plan.IsSpooled ? null : await table.FinishAsync(accepted);
        // A spool sends again what it had no answer to when everything ended.
        bool mayDouble = plan.IsAmbiguous || (plan.IsSpooled && !isComplete);
        Judge(await table.RowsAsync(), finished, taken, isComplete, mayDouble);
    }

    private async Task<(AdxIngestion? Accepted, Exception? Failure)> SendAsync(LocalTable table, SpoolPlace place, SpoolPlace files)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var holding = new Timer(_ => plan.Release.TrySetResult(), null, 30, Timeout.Infinite);
        Break(table, 0);
        IngestionSession session;
        try
        {
            session = await table.StartAsync(request => request with
            {
                Mode = plan.Mode,
                BatchRows = plan.BatchRows,
                BatchInterval = plan.BatchInterval,
                ThrottleLimit = plan.ThrottleLimit,
                DeliveryGuarantee = plan.Guarantee,
                SpoolPath = plan.IsSpooled ? place.Root : null,
                SpoolName = plan.IsSpooled ? "one" : null,
            }, cancel.Token).EndsAsync();
        }
        catch (Exception failure)
        {
            return (null, failure);
        }
        if (plan.Expires)
            _clock.Advance(TimeSpan.FromHours(3));
        Exception? told = null;
        try
        {
            await Task.Run(() => Give(session, table, files), Stop).EndsAsync();
        }
        catch (OperationCanceledException)
        {
            // It has failed; the reason comes at the end.
        }
        catch (Exception failure) when (plan.Source == "Blobs")
        {
            told = failure;
        }
        try
        {
            if (plan.StopsAt is null && told is null)
                await session.CompleteAsync().EndsAsync();
            else if (plan.Seed % 2 == 0)
                await cancel.CancelAsync();
        }
        catch (Exception failure)
        {
            told ??= failure;
        }
        await session.DisposeAsync().AsTask().EndsAsync();
        return (session.Snapshot(), told);
    }

    private void Give(IngestionSession session, LocalTable table, SpoolPlace files)
    {
        int end = plan.StopsAt ?? plan.Texts.Length;
        switch (plan.Source)
        {
            case "Rows":
                RowIntake rows = session.OpenRows(Columns);
                for (int row = 0; row < end; row++)
                {
                    Reach(table, row);
                    rows.Add((long)row, plan.Texts[row]);
                    _given++;
                }
                break;
            case "Blobs":
                if (plan.StopsAt is not null)
                    break;
                foreach ((int at, _) in plan.Faults)
                    Reach(table, at);
                session.SendBlobsAsync(_blobs).GetAwaiter().GetResult();
                _given = plan.Texts.Length;
                break;
            case "Lines":
                LineIntake lines = session.OpenLines(AdxDataFormat.Csv);
                for (int row = 0; row < end; row++)
                {
                    Reach(table, row);
                    lines.Add(Line(row));
                    _given++;
                }
                break;
            default:
                FileIntake intake = session.OpenFiles();
                foreach (int[] part in Parts(end))
                {
                    string path = Path.Combine(files.Root, part[0].ToString(CultureInfo.InvariantCulture) + ".csv");
                    File.WriteAllText(path, string.Concat(part.Select(Line)));
                    foreach (int row in part)
                        Reach(table, row);
                    intake.Add(new FileIngestion { Path = path });
                    _given += part.Length;
                }
                break;
        }
    }

    private IEnumerable<int[]> Parts(int end) => Enumerable.Range(0, end).Chunk((plan.Texts.Length / plan.FileCount) + 1);

    /// <summary>Puts blobs into the storage of the stand-in, as if somebody had left them there.</summary>
    private async Task UploadAsync(LocalTable table)
    {
        using var client = new HttpClient();
        StorageContainer container = (plan.Way == "Classic"
            ? await new ClassicService(table.Connection, table.Connection.Database, LocalTable.Name).GetResourcesAsync(Stop)
            : null)?.Containers[0] ?? (await new IngestionServiceClient(table.Connection, table.Connection.Database, LocalTable.Name).GetConfigurationAsync(Stop)).Containers[0];
        foreach (int[] part in Parts(plan.Texts.Length))
        {
            Uri blob = container.BlobUri($"blob-{part[0]}.csv");
            using var put = new HttpRequestMessage(HttpMethod.Put, blob) { Content = new StringContent(string.Concat(part.Select(Line))) };
            put.Headers.Add("x-ms-blob-type", "BlockBlob");
            (await client.SendAsync(put, Stop)).EnsureSuccessStatusCode();
            _blobs.Add(new BlobIngestion { Location = StorageLocation.Parse(blob.AbsoluteUri), Format = AdxDataFormat.Csv });
        }
    }

    private string Line(int row) => new StringBuilder().Append(CultureInfo.InvariantCulture, $"{row},\"{plan.Texts[row].Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n").ToString();

    private void Reach(LocalTable table, int row)
    {
        if (row == 0)
            return;
        Break(table, row);
    }

    private void Break(LocalTable table, int row)
    {
        foreach ((int at, LocalFault fault) in plan.Faults)
        {
            if (at == row)
                table.Cluster.AddFault(fault);
        }
    }

    /// <summary>Sends what is left in the spool; returns the input rows that it had taken.</summary>
    private static async Task<long> ResumeAsync(LocalTable table, SpoolPlace place, bool isComplete)
    {
        if (!File.Exists(Path.Combine(place.Ingestion, SpoolManifest.FileName)))
        {
            Assert.False(isComplete);
            return 0;
        }
        Assert.False(AdxSpools.Read(place.Ingestion).IsInUse);
        AdxSpool spool;
        int resumptions = 0;
        do
        {
            await AdxSpools.ResumeAsync(table.Connection, place.Ingestion, new SpoolResumption { Wait = true, RetryRefused = true }, Stop).EndsAsync();
            spool = AdxSpools.Read(place.Ingestion);
        }
        // Of a batch that was queued twice nobody knows what became; without a tag it is kept until somebody says that it may come again.
        while (!spool.IsEmpty && spool.DeliveryGuarantee == AdxDeliveryGuarantee.AtLeastOnce && resumptions++ < 2);
        Assert.True(spool.IsEmpty, $"{spool}: {string.Join(", ", spool.Errors)}");
        return spool.Rows;
    }

    /// <summary>What waiting for the end gets over, however often it comes.</summary>
    private static bool IsOutageOfStatus(LocalFault fault) =>
        fault is { Target: LocalFaultTarget.Status or LocalFaultTarget.StatusTable, StatusCode: not (401 or 403), CutAfter: null };

    private void Judge(List<object?[]> rows, AdxIngestion? finished, long taken, bool isComplete, bool mayDouble)
    {
        Dictionary<long, int> counts = rows.GroupBy(static row => (long)row[0]!).ToDictionary(static same => same.Key, static same => same.Count());
        Assert.All(rows, row => Assert.Equal(plan.Texts[(long)row[0]!], (string)row[1]!));
        if (isComplete)
            Assert.Equal(plan.Texts.Length, taken);
        for (long row = 0; row < taken; row++)
            Assert.True(counts.ContainsKey(row), $"Row {row} of {taken} is not there: {finished}");
        if (plan.Guarantee == AdxDeliveryGuarantee.ExactlyOnce)
            Assert.Equal(taken, counts.Count);
        if (plan.Guarantee is AdxDeliveryGuarantee.ExactlyOnce or AdxDeliveryGuarantee.None || !mayDouble)
            Assert.All(counts, static same => Assert.True(same.Value == 1, $"Row {same.Key} is there {same.Value} times."));
        if (finished is null)
            return;
        if (isComplete && plan.Source != "Blobs")
            Assert.Equal((plan.Texts.Length, 0), (finished.Rows, finished.RejectedRows));
        if (!plan.IsAmbiguous)
            Assert.All(finished.Batches, static batch => Assert.Equal(AdxIngestionStatus.Succeeded, batch.Status));
        Assert.All(finished.Batches, static batch => Assert.True(batch.Status is AdxIngestionStatus.Succeeded or AdxIngestionStatus.Unknown, $"{batch}: {batch.Error}"));
        long told = finished.Batches.Where(static batch => batch.Status == AdxIngestionStatus.Succeeded).Sum(static batch => batch.Rows ?? 0);
        Assert.True(counts.Count >= told, $"{told} rows were told, {counts.Count} are there.");
    }

    [GeneratedRegex("sig=(?!REDACTED)|eyJ[A-Za-z0-9_-]{8,}\\.", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
