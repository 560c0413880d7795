namespace AdxFlow.Local.Tables;

/// <summary>Rows that came into a table together, and what is known of them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedOn">When it counts as created (UTC): when it came, unless whoever ingested it said otherwise.</param>
/// <param name="IngestedOn">When it came (UTC).</param>
/// <param name="Tags">Its tags.</param>
/// <param name="OriginalSize">Bytes of its data before compression, as the writer told.</param>
/// <param name="RowCount">The number of its rows.</param>
internal sealed record Extent(Guid Id, DateTime CreatedOn, DateTime IngestedOn, IReadOnlyList<string> Tags, long OriginalSize, long RowCount)
{
    /// <summary>An extent of now, without tags.</summary>
    public static Extent Create(long rowCount, long originalSize)
    {
        DateTime now = DateTime.UtcNow;
        return new Extent(Guid.NewGuid(), now, now, [], originalSize, rowCount);
    }
}
