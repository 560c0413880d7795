using System.Collections.Concurrent;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>A container: committed blobs, and the blocks that wait for their list.</summary>
/// <param name="account">The name of the account.</param>
/// <param name="name">The name of the container.</param>
/// <param name="log">Keeps what changes.</param>
internal sealed class BlobContainer(string account, string name, StateLog log)
{
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Block>> _blocks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, Block>> _committed = new(StringComparer.Ordinal);

    public string Name => name;

    public Blob? Find(string blob) => _blobs.GetValueOrDefault(blob);

    /// <summary>The blobs whose names begin with the prefix, in the order of their names.</summary>
    public IReadOnlyList<(string Name, Blob Blob)> List(string prefix) =>
        [.. _blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => (b.Key, b.Value))];

    public Blob Put(string blob, BlobContent content, string contentType) => Keep("", content, block => Put(blob, [block], contentType));

    public void PutBlock(string blob, string blockId, BlobContent content) => Keep(blockId, content, block =>
    {
        lock (_gate)
        {
            log.Append(new BlockRecord(Place(blob), block.State));
            ConcurrentDictionary<string, Block> blocks = Blocks(blob);
            if (blocks.TryGetValue(blockId, out Block? before)) log.Delete([before.State.File]);
            return blocks[blockId] = block;
        }
    });

    /// <summary>Makes a blob of blocks, the uncommitted ones first in line; null where one of them is missing.</summary>
    /// <remarks>Source: Microsoft Learn, "Put Block List", element Latest.</remarks>
    public Blob? Commit(string blob, IReadOnlyList<string> blockIds, string contentType)
    {
        lock (_gate)
        {
            ConcurrentDictionary<string, Block>? uncommitted = _blocks.GetValueOrDefault(blob);
            IReadOnlyDictionary<string, Block>? committed = _committed.GetValueOrDefault(blob);
            var blocks = new List<Block>(blockIds.Count);
            foreach (string id in blockIds)
            {
                // "Latest" is the uncommitted block of that id, else the committed one: the same list sent twice gives the same blob.
                Block? block = null;
                if (uncommitted?.TryGetValue(id, out block) != true && committed?.TryGetValue(id, out block) != true) return null;
                blocks.Add(block!);
            }

            return Put(blob, blocks, contentType);
        }
    }

    /// <summary>Deletes a blob and the blocks that wait for its list; false where there is no such blob.</summary>
    /// <param name="blob">The name.</param>
    /// <param name="only">The blob of that name to delete, and no other; null for whatever is there.</param>
    public bool Delete(string blob, Blob? only = null)
    {
        lock (_gate)
        {
            if (only is not null && Find(blob) != only) return false;
            if (_blobs.ContainsKey(blob) || _blocks.ContainsKey(blob)) log.Append(new BlobDeletedRecord(Place(blob)));
            if (_blocks.TryRemove(blob, out ConcurrentDictionary<string, Block>? blocks)) log.Delete(blocks.Values.Select(b => b.State.File));
            _committed.TryRemove(blob, out _);
            if (!_blobs.TryRemove(blob, out Blob? removed)) return false;
            log.Delete(removed.Files);
            return true;
        }
    }

    /// <summary>Brings back a blob of an earlier process.</summary>
    public void Restore(BlobRecord record)
    {
        Block[] blocks = [.. record.Blocks.Select(Read)];
        Set(record.Place.Name, Make(blocks, record.ContentType, record.LastModified) with { ETag = record.ETag }, blocks);
    }

    /// <summary>Brings back a block that waits for its list.</summary>
    public void Restore(BlockRecord record) => Blocks(record.Place.Name)[record.Block.Id] = Read(record.Block);

    /// <summary>Writes a block and enters it; where it cannot be entered, its file goes.</summary>
    private T Keep<T>(string id, BlobContent content, Func<Block, T> enter)
    {
        var block = new Block(content, BlockState.Of(id, log.Write(content)));
        try
        {
            return enter(block);
        }
        catch (InvalidOperationException)
        {
            log.Discard(block.State);
            throw;
        }
    }

    private Block Read(BlockState state) => new(log.Read(state), state);

    private BlobPlace Place(string blob) => new(account, name, blob);

    private ConcurrentDictionary<string, Block> Blocks(string blob) =>
        _blocks.GetOrAdd(blob, _ => new ConcurrentDictionary<string, Block>(StringComparer.Ordinal));

    private Blob Put(string blob, IReadOnlyList<Block> blocks, string contentType)
    {
        Blob stored = Make(blocks, contentType, DateTime.UtcNow);
        lock (_gate)
        {
            log.Append(new BlobRecord(Place(blob), contentType, stored.ETag, stored.LastModified, [.. blocks.Select(b => b.State)]));

            // The blob that was there and the blocks that waited are no more, but for those of which the new one is made.
            IEnumerable<Guid> before = (Find(blob)?.Files ?? []).Concat(_blocks.GetValueOrDefault(blob)?.Values.Select(b => b.State.File) ?? []);
            log.Delete([.. before.Except(stored.Files)]);
            Set(blob, stored, blocks);
        }

        return stored;
    }

    private static Blob Make(IReadOnlyList<Block> blocks, string contentType, DateTime lastModified) =>
        new(BlobContent.Concatenate(blocks.Select(b => b.Content)), contentType, lastModified) { Files = [.. blocks.Select(b => b.State.File).Distinct()] };

    private void Set(string blob, Blob stored, IReadOnlyList<Block> blocks)
    {
        _blobs[blob] = stored;
        _blocks.TryRemove(blob, out _);
        _committed[blob] = blocks.Where(b => b.State.Id.Length > 0).DistinctBy(b => b.State.Id).ToDictionary(b => b.State.Id, StringComparer.Ordinal);
    }
}
