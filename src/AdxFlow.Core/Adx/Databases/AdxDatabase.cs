namespace AdxFlow;

/// <summary>A database of a cluster.</summary>
public sealed class AdxDatabase
{
    /// <summary>The database's name; the case of its letters does not matter. In Fabric it is an id, and <see cref="PrettyName"/> what people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The database's name once more: what is in a database says which one under this name.</summary>
    public string Database => Name;

    /// <summary>The name for people; empty where there is none. Queries may use it, and it need not be unique.</summary>
    public string PrettyName { get; init; } = string.Empty;

    /// <summary>How it is attached, in the service's words: <c>ReadWrite</c>, <c>ReadOnly</c>, <c>ReadOnlyFollowing</c>, <c>ReadWriteEphemeral</c>.</summary>
    public string AccessMode { get; init; } = string.Empty;

    /// <summary>Its id; null where the service does not tell.</summary>
    public Guid? DatabaseId { get; init; }

    /// <summary>Its version, such as <c>v252.0</c>; it rises with each change of its schema or data.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Whether it is the database that the connection points to.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>When and why it was suspended; empty where it is not.</summary>
    public string SuspensionState { get; init; } = string.Empty;

    /// <summary>The size of its data as it is stored, in bytes; null where that was not asked for.</summary>
    public long? TotalSize { get; init; }

    /// <summary>How many tables it has; null where that was not asked for.</summary>
    public long? TableCount { get; init; }

    /// <summary>How long its tables keep rows, unless they have a retention policy of their own; null where that was not asked for, or is not set.</summary>
    public TimeSpan? RetentionPeriod { get; init; }

    /// <summary>How long its tables keep rows in the hot cache, unless they have a caching policy of their own; null where that was not asked for, or is not set.</summary>
    public TimeSpan? CachingPeriod { get; init; }

    /// <summary>The database's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
