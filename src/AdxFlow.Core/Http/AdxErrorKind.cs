namespace AdxFlow;

/// <summary>What sort of failure an <see cref="AdxException"/> tells of. The cmdlets derive PowerShell's error category from it.</summary>
public enum AdxErrorKind
{
    /// <summary>The service failed in a way that no other member names.</summary>
    ServiceError,

    /// <summary>A parameter, name, principal or query text is wrong; sending it again cannot help.</summary>
    InvalidArgument,

    /// <summary>A table, database or other entity does not exist.</summary>
    NotFound,

    /// <summary>The entity exists already.</summary>
    AlreadyExists,

    /// <summary>The entity is in use, in another state, or of a newer version than the one meant.</summary>
    Conflict,

    /// <summary>The principal is known, but lacks a role.</summary>
    PermissionDenied,

    /// <summary>No token could be got, or the service refused it.</summary>
    AuthenticationFailed,

    /// <summary>The host is not one this module may send to. Nothing was sent.</summary>
    NotTrusted,

    /// <summary>The service could not be reached, or the connection broke.</summary>
    ConnectionFailed,

    /// <summary>The service is busy and asked to come back later.</summary>
    Throttled,

    /// <summary>The service or the client gave up waiting.</summary>
    Timeout,

    /// <summary>The data given cannot be read or sent.</summary>
    InvalidData,

    /// <summary>The service's answer cannot be understood, or is incomplete.</summary>
    InvalidResult,

    /// <summary>The result or request is larger than a limit allows.</summary>
    LimitExceeded,

    /// <summary>The operation was cancelled, by the caller or in the service.</summary>
    Cancelled,

    /// <summary>Who answers lacks what is asked for, though it may be right: the local stand-in has a part of the service's language only.</summary>
    NotSupported,
}
