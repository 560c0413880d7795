using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>
/// Builds a column of type string. Repeated short values share one string object, which spares most of the memory and
/// time of the low-cardinality columns that telemetry is full of.
/// </summary>
internal sealed class StringColumnBuilder : ColumnBuilder<string>
{
    private const int CacheSize = 1024;
    private const int MaxCachedBytes = 48;

    private readonly string?[] _cache = new string?[CacheSize];

    public StringColumnBuilder()
        : base(KustoType.String, "")
    {
    }

    public override bool AppendJson(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return base.AppendJson(ref reader);
        Append(DynamicValue.FromReader(ref reader)!.ToJson());
        return true;
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out string value)
    {
        if (utf8.Length > MaxCachedBytes || !Ascii.IsValid(utf8))
        {
            value = Encoding.UTF8.GetString(utf8);
            return true;
        }

        ref string? cached = ref _cache[Hash(utf8) & (CacheSize - 1)];
        if (cached is null || cached.Length != utf8.Length || !Ascii.Equals(utf8, cached))
            cached = Encoding.ASCII.GetString(utf8);
        value = cached;
        return true;
    }

    protected override string FromObject(object value) => (string)value;

    /// <summary>Eight bytes at a time: values that collide only share less.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)bytes.Length * Prime;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
        ulong rest = 0;
        foreach (byte value in bytes)
            rest = (rest << 8) | value;
        return (uint)(((hash ^ rest) * Prime) >> 40);
    }
}
