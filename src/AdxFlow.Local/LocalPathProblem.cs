namespace AdxFlow.Local;

/// <summary>Why a folder cannot be the one of a <see cref="LocalCluster"/>.</summary>
public enum LocalPathProblem
{
    /// <summary>It cannot be made, read or written.</summary>
    Unusable,

    /// <summary>Another stand-in, in this process or another, has it.</summary>
    InUse,

    /// <summary>It holds files, but is not a folder of the stand-in.</summary>
    NotOfStandIn,

    /// <summary>A newer version of the stand-in has written it.</summary>
    Newer,

    /// <summary>A file of it is missing or was changed.</summary>
    Damaged,
}
