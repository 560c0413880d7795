namespace AdxFlow.Adx;

/// <summary>What is done with a keyword of a connection string.</summary>
internal enum ConnectionStringEffect
{
    /// <summary>It says where to, as whom or how.</summary>
    Used,

    /// <summary>The same, and its value is a secret.</summary>
    Secret,

    /// <summary>It is taken, and changes nothing.</summary>
    None,

    /// <summary>It is refused, as leaving it out would mean something else.</summary>
    Refused,

    /// <summary>It is refused unless it is false.</summary>
    RefusedIfTrue,
}
