using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>The storage as a journal tells it: blobs, blocks, messages, entities.</summary>
internal sealed class StorageImage
{
    private readonly Dictionary<BlobPlace, BlobRecord> _blobs = [];
    private readonly Dictionary<BlobPlace, Dictionary<string, BlockRecord>> _blocks = [];
    private readonly List<MessageRecord> _messages = [];
    private readonly Dictionary<(string Partition, string Row), EntityRecord> _entities = [];

    public IEnumerable<BlobRecord> Blobs => _blobs.Values;

    public IEnumerable<BlockRecord> Blocks => _blocks.Values.SelectMany(b => b.Values);

    public IEnumerable<MessageRecord> Messages => _messages;

    public IEnumerable<EntityRecord> Entities => _entities.Values;

    public IEnumerable<StateRecord> Records() => [.. _blobs.Values, .. Blocks, .. _messages, .. _entities.Values];

    /// <summary>True where the record is one of the storage.</summary>
    public bool TryApply(StateRecord record)
    {
        switch (record)
        {
            case BlobRecord blob:
                _blobs[blob.Place] = blob;
                _blocks.Remove(blob.Place);
                return true;
            case BlockRecord block:
                if (!_blocks.TryGetValue(block.Place, out Dictionary<string, BlockRecord>? blocks)) _blocks[block.Place] = blocks = [];
                blocks[block.Block.Id] = block;
                return true;
            case BlobDeletedRecord deleted:
                _blobs.Remove(deleted.Place);
                _blocks.Remove(deleted.Place);
                return true;
            case MessageRecord message:
                _messages.Add(message);
                return true;
            case MessageDeletedRecord deleted:
                _messages.RemoveAll(m => m.Queue == deleted.Queue && (deleted.Id is null || m.Id == deleted.Id));
                return true;
            case EntityRecord { Entity: null } entity:
                _entities.Remove((entity.Partition, entity.Row));
                return true;
            case EntityRecord entity:
                _entities[(entity.Partition, entity.Row)] = entity;
                return true;
            default:
                return false;
        }
    }

    public IEnumerable<Guid> Files() => _blobs.Values.SelectMany(b => b.Blocks).Concat(Blocks.Select(b => b.Block)).Select(b => b.File);
}
