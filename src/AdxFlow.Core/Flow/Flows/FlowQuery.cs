namespace AdxFlow.Flow;

/// <summary>Words that several queries of Flow Service share.</summary>
internal static class FlowQuery
{
    /// <summary>The mode of a request that makes a draft.</summary>
    public const string Draft = "draft";

    /// <summary>The action that turns a draft into what it is a draft of.</summary>
    public const string Publish = "publish";

    /// <summary>The largest page that is known to be taken.</summary>
    public const string PageSize = "100";

    /// <summary>Newest first.</summary>
    public const string NewestFirst = "-createdAt";
}
