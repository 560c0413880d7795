using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Which extents a command is about: some ids, and what their tags must or must not be.</summary>
/// <remarks>Source: Microsoft Learn, ".show extents".</remarks>
internal sealed class ExtentFilter
{
    private readonly HashSet<Guid>? _ids;
    private readonly List<Func<Extent, bool>> _tags = [];

    private ExtentFilter(HashSet<Guid>? ids) => _ids = ids;

    /// <summary>Reads <c>(id, …) where tags has '…' and tags !contains '…'</c>, all of which may be missing.</summary>
    public static ExtentFilter Read(CommandReader reader)
    {
        var filter = new ExtentFilter(reader.Next.IsMark("(") ? ReadIds(reader) : null);
        if (reader.Next.IsWord("hot")) throw UnknownCommand.NotSupported(".show … extents hot");
        if (!reader.TryWord("where")) return filter;
        do filter.ReadTag(reader);
        while (reader.TryWord("and"));
        return filter;
    }

    /// <summary>Ids in parentheses.</summary>
    public static HashSet<Guid> ReadIds(CommandReader reader)
    {
        var ids = new HashSet<Guid>();
        reader.ExpectMark("(");
        do ids.Add(ReadId(reader));
        while (reader.TryMark(","));
        reader.ExpectMark(")");
        return ids;
    }

    public static Guid ReadId(CommandReader reader)
    {
        if (!Guid.TryParse(reader.Next.Text, out Guid id)) throw reader.Unexpected("the id of an extent");
        reader.Take();
        return id;
    }

    public bool Takes(Extent extent) => _ids?.Contains(extent.Id) != false && _tags.TrueForAll(t => t(extent));

    private void ReadTag(CommandReader reader)
    {
        reader.ExpectWord("tags");
        bool negated = reader.TryMark("!");
        bool part = reader.TryWord("contains");
        if (!part) reader.ExpectWord("has");
        string tag = reader.ReadLiteral("a tag");
        _tags.Add(extent => negated != extent.Tags.Any(t => part ? t.Contains(tag, StringComparison.OrdinalIgnoreCase) : t == tag));
    }
}
