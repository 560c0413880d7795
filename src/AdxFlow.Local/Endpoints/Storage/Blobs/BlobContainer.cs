using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>A container: committed blobs, and the blocks that wait for their list.</summary>
internal sealed class BlobContainer(string name)
{
    private readonly ConcurrentDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, BlobContent>> _blocks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, BlobContent>> _committed = new(StringComparer.Ordinal);

    public string Name => name;

    public Blob? Find(string blob) => _blobs.GetValueOrDefault(blob);

    /// <summary>The blobs whose names begin with the prefix, in the order of their names.</summary>
    public IReadOnlyList<(string Name, Blob Blob)> List(string prefix) =>
        [.. _blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => (b.Key, b.Value))];

    public Blob Put(string blob, BlobContent content, string contentType)
    {
        var stored = new Blob(content, contentType, DateTime.UtcNow);
        _blobs[blob] = stored;
        _blocks.TryRemove(blob, out _);
        _committed.TryRemove(blob, out _);
        return stored;
    }

    public void PutBlock(string blob, string blockId, BlobContent content) =>
        _blocks.GetOrAdd(blob, _ => new ConcurrentDictionary<string, BlobContent>(StringComparer.Ordinal))[blockId] = content;

    /// <summary>Makes a blob of blocks, the uncommitted ones first in line; null where one of them is missing.</summary>
    /// <remarks>Source: Microsoft Learn, "Put Block List", element Latest.</remarks>
    public Blob? Commit(string blob, IReadOnlyList<string> blockIds, string contentType)
    {
        if (blockIds.Count == 0) return Put(blob, BlobContent.Concatenate([]), contentType);
        ConcurrentDictionary<string, BlobContent>? uncommitted = _blocks.GetValueOrDefault(blob);
        IReadOnlyDictionary<string, BlobContent>? committed = _committed.GetValueOrDefault(blob);
        var blocks = new Dictionary<string, BlobContent>(StringComparer.Ordinal);
        var content = new List<BlobContent>(blockIds.Count);
        foreach (string id in blockIds)
        {
            // "Latest" is the uncommitted block of that id, else the committed one: the same list sent twice gives the same blob.
            BlobContent? block = null;
            if (uncommitted?.TryGetValue(id, out block) != true && committed?.TryGetValue(id, out block) != true) return null;
            blocks[id] = block!;
            content.Add(block!);
        }

        Blob stored = Put(blob, BlobContent.Concatenate(content), contentType);
        _committed[blob] = blocks;
        return stored;
    }

    public bool Delete(string blob)
    {
        _blocks.TryRemove(blob, out _);
        _committed.TryRemove(blob, out _);
        return _blobs.TryRemove(blob, out _);
    }
}
