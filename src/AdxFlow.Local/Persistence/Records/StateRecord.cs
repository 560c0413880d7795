using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A change of what a stand-in keeps, as its journal holds it. The names of the kinds are on disk.</summary>
[JsonDerivedType(typeof(SnapshotRecord), "snapshot")]
[JsonDerivedType(typeof(DatabaseRecord), "database")]
[JsonDerivedType(typeof(TableRecord), "table")]
[JsonDerivedType(typeof(TableDroppedRecord), "table-dropped")]
[JsonDerivedType(typeof(RowsRecord), "rows")]
[JsonDerivedType(typeof(RowsClearedRecord), "rows-cleared")]
[JsonDerivedType(typeof(ExtentsDroppedRecord), "extents-dropped")]
[JsonDerivedType(typeof(QueuedRecord), "queued")]
[JsonDerivedType(typeof(BlobEndedRecord), "blob-ended")]
[JsonDerivedType(typeof(OperationRecord), "operation")]
[JsonDerivedType(typeof(FailureRecord), "failure")]
[JsonDerivedType(typeof(BlobRecord), "blob")]
[JsonDerivedType(typeof(BlockRecord), "block")]
[JsonDerivedType(typeof(BlobDeletedRecord), "blob-deleted")]
[JsonDerivedType(typeof(MessageRecord), "message")]
[JsonDerivedType(typeof(MessageDeletedRecord), "message-deleted")]
[JsonDerivedType(typeof(EntityRecord), "entity")]
[JsonDerivedType(typeof(StreamingFailureRecord), "streaming-failure")]
[JsonDerivedType(typeof(WorkspaceRecord), "workspace")]
[JsonDerivedType(typeof(TokensExpiredRecord), "tokens-expired")]
internal abstract record StateRecord
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        IgnoreReadOnlyProperties = true,

        // The body of a resource may have 64 levels, a value that was patched into its depth as many, and a record some around them.
        MaxDepth = 256,
        Converters = { new JsonStringEnumConverter() },
    };
}
