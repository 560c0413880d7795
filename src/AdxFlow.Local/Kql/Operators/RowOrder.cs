namespace AdxFlow.Local.Kql.Operators;

/// <summary>Whether the order of rows means something, so that window functions may go by it.</summary>
internal enum RowOrder
{
    /// <summary>It means nothing.</summary>
    None,

    /// <summary>The documentation does not say, or says both.</summary>
    Open,

    /// <summary>The rows are serialized.</summary>
    Serialized,
}
