using AdxFlow.Local;

namespace AdxFlow.PowerShell.Local;

/// <summary>Errors about the folder of a stand-in.</summary>
internal static class LocalPathErrors
{
    public static AdxException From(LocalPathException failure) => failure.Problem switch
    {
        LocalPathProblem.InUse => new("AdxLocalPathInUse", AdxErrorKind.AlreadyExists, failure.Message, failure)
        {
            RecommendedAction = "Stop the other one, or give another folder.",
        },
        LocalPathProblem.Newer => new("AdxLocalPathNewer", AdxErrorKind.InvalidData, failure.Message, failure)
        {
            RecommendedAction = "Update AdxFlow, or give another folder.",
        },
        LocalPathProblem.Damaged => new("AdxLocalPathDamaged", AdxErrorKind.InvalidData, failure.Message, failure)
        {
            RecommendedAction = "Restore the folder from a copy, or give another one.",
        },
        LocalPathProblem.NotOfStandIn => new("AdxLocalPathForeign", AdxErrorKind.InvalidArgument, failure.Message, failure)
        {
            RecommendedAction = "Give an empty folder, or one that is not there yet.",
        },
        _ => new("AdxLocalPathUnusable", AdxErrorKind.InvalidArgument, failure.Message, failure)
        {
            RecommendedAction = "Check the path and the rights on it, or give another folder.",
        },
    };
}
