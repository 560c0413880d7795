using System.Management.Automation;

namespace AdxFlow.PowerShell.Support;

/// <summary>The one place that makes PowerShell's error records.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this AdxException failure, object? target)
    {
        // Always with details: a script in strict mode may ask every error for what to do.
        return new(failure, failure.ErrorId, Category(failure.Kind), target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction ?? "" },
        };
    }

    private static ErrorCategory Category(AdxErrorKind kind) => kind switch
    {
        AdxErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        AdxErrorKind.InvalidData => ErrorCategory.InvalidData,
        AdxErrorKind.InvalidResult => ErrorCategory.InvalidResult,
        AdxErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        AdxErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        AdxErrorKind.Conflict => ErrorCategory.InvalidOperation,
        AdxErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        AdxErrorKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        AdxErrorKind.NotTrusted => ErrorCategory.SecurityError,
        AdxErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        AdxErrorKind.Throttled => ErrorCategory.ResourceBusy,
        AdxErrorKind.Timeout => ErrorCategory.OperationTimeout,
        AdxErrorKind.NotSupported => ErrorCategory.NotImplemented,
        AdxErrorKind.LimitExceeded => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.ResourceUnavailable,
    };
}
