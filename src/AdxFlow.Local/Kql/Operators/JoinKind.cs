namespace AdxFlow.Local.Kql.Operators;

/// <summary>Which rows a join gives.</summary>
internal enum JoinKind
{
    /// <summary>Pairs, of each key on the left only one row.</summary>
    InnerUnique,

    /// <summary>Pairs.</summary>
    Inner,

    /// <summary>Pairs, and the rows of the left without one.</summary>
    LeftOuter,

    /// <summary>Pairs, and the rows of the right without one.</summary>
    RightOuter,

    /// <summary>Pairs, and the rows of either side without one.</summary>
    FullOuter,

    /// <summary>The rows of the left that have a pair.</summary>
    LeftSemi,

    /// <summary>The rows of the right that have a pair.</summary>
    RightSemi,

    /// <summary>The rows of the left that have none.</summary>
    LeftAnti,

    /// <summary>The rows of the right that have none.</summary>
    RightAnti,
}
