namespace AdxFlow.Local.Kql;

/// <summary>What is wrong with a query.</summary>
internal enum KqlErrorKind
{
    /// <summary>The text is not KQL.</summary>
    Syntax,

    /// <summary>A name is unknown, or types do not fit.</summary>
    Semantic,

    /// <summary>It may be valid KQL, but the stand-in lacks it.</summary>
    NotSupported,

    /// <summary>A value made the query fail while it ran.</summary>
    Runtime,
}
