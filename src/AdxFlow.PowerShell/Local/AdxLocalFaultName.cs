namespace AdxFlow;

/// <summary>The faults that Add-AdxLocalFault knows.</summary>
public enum AdxLocalFaultName
{
    /// <summary>HTTP 429: the service throttles. It may tell how long to wait.</summary>
    TooManyRequests,

    /// <summary>HTTP 503: the service, or storage, is away for a moment. It may tell how long to wait.</summary>
    ServiceUnavailable,

    /// <summary>HTTP 504: what is in front of the service got no answer from it.</summary>
    GatewayTimeout,

    /// <summary>HTTP 500: the service failed.</summary>
    InternalServerError,

    /// <summary>HTTP 400: the service does not take the request.</summary>
    BadRequest,

    /// <summary>HTTP 401: the token is not accepted.</summary>
    Unauthorized,

    /// <summary>HTTP 403: the principal may not, or the signature has run out.</summary>
    Forbidden,

    /// <summary>HTTP 404: what is addressed is not there.</summary>
    NotFound,

    /// <summary>The connection is reset, without an answer.</summary>
    ConnectionReset,

    /// <summary>The connection ends in the middle of the answer.</summary>
    AnswerCut,

    /// <summary>The answer comes late.</summary>
    Delay,
}
