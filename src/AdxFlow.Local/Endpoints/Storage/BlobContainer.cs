using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>A container: committed blobs, and the blocks that wait for their list.</summary>
internal sealed class BlobContainer(string name)
{
    private readonly ConcurrentDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, BlobContent>> _blocks = new(StringComparer.Ordinal);

    public string Name => name;

    public Blob? Find(string blob) => _blobs.GetValueOrDefault(blob);

    public Blob Put(string blob, BlobContent content, string contentType)
    {
        var stored = new Blob(content, contentType, DateTime.UtcNow);
        _blobs[blob] = stored;
        _blocks.TryRemove(blob, out _);
        return stored;
    }

    public void PutBlock(string blob, string blockId, BlobContent content) =>
        _blocks.GetOrAdd(blob, _ => new ConcurrentDictionary<string, BlobContent>(StringComparer.Ordinal))[blockId] = content;

    /// <summary>Makes a blob of uncommitted blocks; null where one of them is missing.</summary>
    public Blob? Commit(string blob, IReadOnlyList<string> blockIds, string contentType)
    {
        if (blockIds.Count == 0) return Put(blob, BlobContent.Concatenate([]), contentType);
        if (!_blocks.TryGetValue(blob, out ConcurrentDictionary<string, BlobContent>? blocks)) return null;
        var content = new List<BlobContent>(blockIds.Count);
        foreach (string id in blockIds)
        {
            if (!blocks.TryGetValue(id, out BlobContent? block)) return null;
            content.Add(block);
        }

        return Put(blob, BlobContent.Concatenate(content), contentType);
    }

    public bool Delete(string blob)
    {
        _blocks.TryRemove(blob, out _);
        return _blobs.TryRemove(blob, out _);
    }
}
