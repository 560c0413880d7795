using System.Globalization;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion.Chaos;

/// <summary>What one round does, all of it told by its seed: the way into the table, the source, the limits, and what breaks.</summary>
internal sealed class ChaosPlan
{
    private readonly Random _random;

    public ChaosPlan(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        Way = Pick("Rest", "Classic", "Streaming", "Auto", "Direct");
        Source = Way is "Streaming" or "Direct" ? Pick("Rows", "Rows", "Lines", "Files") : Pick("Rows", "Rows", "Rows", "Lines", "Files", "Blobs");
        Guarantee = Source == "Rows" && Way is "Rest" or "Classic" && Chance(0.6)
            ? Pick(AdxDeliveryGuarantee.ExactlyOnce, AdxDeliveryGuarantee.ExactlyOnce, AdxDeliveryGuarantee.AtLeastOnce)
            : Pick(AdxDeliveryGuarantee.AtLeastOnce, AdxDeliveryGuarantee.AtLeastOnce, AdxDeliveryGuarantee.None);
        IsSpooled = Guarantee == AdxDeliveryGuarantee.ExactlyOnce || (Source == "Rows" && Way is "Rest" or "Classic" && Guarantee == AdxDeliveryGuarantee.AtLeastOnce && Chance(0.5));
        IsSpooled &= Source == "Rows";
        if (!IsSpooled && Guarantee == AdxDeliveryGuarantee.ExactlyOnce)
            Guarantee = AdxDeliveryGuarantee.AtLeastOnce;
        Texts = [.. Enumerable.Range(0, _random.Next(1, Chance(0.2) ? 3000 : 300)).Select(_ => Text())];
        BatchRows = Chance(0.7) ? _random.Next(1, 700) : 0;
        BatchInterval = Pick(Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
        ThrottleLimit = _random.Next(1, 5);
        StorageAccounts = _random.Next(1, 4);
        // Rows are put in up to here, then the caller goes away.
        StopsAt = Chance(0.25) ? _random.Next(0, Texts.Length) : null;
        Expires = Source != "Blobs" && Chance(0.2);
        Faults = [.. Enumerable.Range(0, _random.Next(0, 7)).Select(_ => Fault())];
    }

    public int Seed { get; }

    public string Way { get; }

    public string Source { get; }

    public AdxDeliveryGuarantee Guarantee { get; }

    public bool IsSpooled { get; }

    /// <summary>The text of each row; its place is its number.</summary>
    public string[] Texts { get; }

    public long BatchRows { get; }

    public TimeSpan BatchInterval { get; }

    public int ThrottleLimit { get; }

    public int StorageAccounts { get; }

    public int? StopsAt { get; }

    /// <summary>Whether all signatures run out before the first row comes. Later, they could be those of blobs that the service is about to read.</summary>
    public bool Expires { get; }

    /// <summary>What breaks, and how many rows are in by then.</summary>
    public IReadOnlyList<(int At, LocalFault Fault)> Faults { get; }

    /// <summary>Lets go the answers that are held back.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True where an answer may be lost after the service has done what was asked: then it may do it twice.</summary>
    public bool IsAmbiguous => StopsAt is not null || Faults.Any(static fault => fault.Fault.AfterAction || fault.Fault.CutAfter is not null);

    public AdxIngestionMode Mode => Way switch
    {
        "Rest" or "Classic" => AdxIngestionMode.Queued,
        "Streaming" => AdxIngestionMode.Streaming,
        "Direct" => AdxIngestionMode.Direct,
        _ => AdxIngestionMode.Auto,
    };

    /// <summary>How many files or blobs the rows are in.</summary>
    public int FileCount => 1 + (Seed % 5);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}: {Way}, {Source}, {Guarantee}{(IsSpooled ? ", spool" : "")}, {Texts.Length} rows of {Texts.Sum(static text => (long)text.Length)} characters, batches of {BatchRows} or {BatchInterval}, {ThrottleLimit} workers, {StorageAccounts} accounts, stops at {StopsAt}, {(Expires ? "expires; " : "")}")
        + string.Join("; ", Faults.Select(static fault => string.Create(CultureInfo.InvariantCulture,
            $"at {fault.At}: {fault.Fault.Target} {fault.Fault.PathPrefix} x{fault.Fault.Count} {(fault.Fault.HoldUntil is not null ? "held" : fault.Fault.CutAfter is { } cut ? "cut " + cut : fault.Fault.Abort ? "reset" : fault.Fault.StatusCode)}{(fault.Fault.RetryAfter is null ? "" : " retry-after")}{(fault.Fault.AfterAction ? " after" : "")}")));

    private (int At, LocalFault Fault) Fault()
    {
        LocalFaultTarget target = Pick(Way switch
        {
            "Rest" => (LocalFaultTarget[])[LocalFaultTarget.BlobUpload, LocalFaultTarget.BlockList, LocalFaultTarget.QueuedPost, LocalFaultTarget.Configuration, LocalFaultTarget.Status],
            "Classic" => [LocalFaultTarget.BlobUpload, LocalFaultTarget.BlockList, LocalFaultTarget.StorageQueue, LocalFaultTarget.StatusTable, LocalFaultTarget.Management],
            "Direct" => [LocalFaultTarget.Management],
            "Streaming" => [LocalFaultTarget.Streaming],
            _ => [LocalFaultTarget.Streaming, LocalFaultTarget.BlobUpload, LocalFaultTarget.QueuedPost],
        });
        // Six are the tries of a request; more of them are an outage.
        int count = Chance(0.8) ? _random.Next(1, 4) : _random.Next(6, 12);
        int at = Chance(0.3) ? 0 : _random.Next(0, Texts.Length);
        if (target == LocalFaultTarget.BlobUpload && Chance(0.2))
            return (at, new LocalFault { Target = LocalFaultTarget.BlobUpload | LocalFaultTarget.BlockList, PathPrefix = "/storage/ingestdata-" + _random.Next(0, 2), StatusCode = 404, Count = 10_000 });
        LocalFault fault = _random.Next(0, 12) switch
        {
            0 or 1 => new LocalFault { Target = target, Count = count, Abort = true },
            2 => new LocalFault { Target = target, Count = count, Abort = true, AfterAction = true },
            3 => new LocalFault { Target = target, Count = count, StatusCode = 503, AfterAction = true },
            4 => new LocalFault { Target = target, Count = count, CutAfter = _random.Next(0, 100) },
            5 => new LocalFault { Target = target, Count = count, HoldUntil = Release.Task },
            6 => new LocalFault { Target = target, Count = 1, StatusCode = 401 },
            7 => new LocalFault { Target = target, Count = count, StatusCode = 403 },
            8 => new LocalFault { Target = target, Count = 1, StatusCode = 429, RetryAfter = Chance(0.1) ? TimeSpan.FromSeconds(1) : null },
            9 => new LocalFault { Target = target, Count = count, StatusCode = 500 },
            10 => new LocalFault { Target = target, Count = count, StatusCode = 429 },
            _ => new LocalFault { Target = target, Count = count, StatusCode = 503 },
        };
        return (at, fault);
    }

    private string Text()
    {
        int length = _random.Next(0, 20) switch
        {
            0 => 0,
            1 => _random.Next(1000, 5000),
            2 => Chance(0.02) ? _random.Next(100_000, 300_000) : 10,
            _ => _random.Next(1, 40),
        };
        const string Letters = "abc,\"\n\r\t äß漢\u2028'`{}[]:0123456789";
        return string.Create(length, _random, static (text, random) =>
        {
            for (int i = 0; i < text.Length; i++)
                text[i] = Letters[random.Next(Letters.Length)];
        });
    }

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(params T[] all) => all[_random.Next(all.Length)];
}
