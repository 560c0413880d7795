using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints;

/// <summary>The latest requests, and the number of all.</summary>
internal sealed class RequestLog
{
    private const int Kept = 10_000;

    private readonly ConcurrentQueue<LocalRequest> _requests = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyList<LocalRequest> Snapshot() => _requests.ToArray();

    public LocalRequest Add(string method, string path)
    {
        var request = new LocalRequest(method, path);
        _requests.Enqueue(request);
        if (Interlocked.Increment(ref _count) > Kept) _requests.TryDequeue(out _);
        return request;
    }
}
