namespace AdxFlow;

/// <summary>
/// What went wrong between this module and an Adobe service. <see cref="AdxException.ServiceCode"/> is Adobe's code as a whole, such as
/// <c>FLOW-1439-404</c>; the gateway's own are plain numbers. The message never holds a token or secret.
/// </summary>
public sealed class FlowException : AdxException
{
    /// <summary>Makes an error with a generic message.</summary>
    public FlowException()
        : this("The service failed.")
    {
    }

    /// <summary>Makes an error of the kind <see cref="AdxErrorKind.ServiceError"/>.</summary>
    /// <param name="message">What went wrong.</param>
    public FlowException(string message)
        : this(message, null)
    {
    }

    /// <summary>Makes an error of the kind <see cref="AdxErrorKind.ServiceError"/>.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public FlowException(string message, Exception? innerException)
        : this("FlowServiceError", AdxErrorKind.ServiceError, message, innerException)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="errorId">The stable id, such as <c>FlowNotFound</c>.</param>
    /// <param name="kind">The sort of failure.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="inner">What caused it.</param>
    public FlowException(string errorId, AdxErrorKind kind, string message, Exception? inner = null)
        : base(errorId, kind, message, inner)
    {
    }

    /// <summary>Which service's code it is: <c>FLOW</c>, <c>CONNECTOR</c>, <c>XDM</c> and so on; null where the answer named none.</summary>
    public string? Prefix { get; init; }

    /// <summary>The service's id of the request that failed; Adobe's support asks for it.</summary>
    public string? RequestId { get; init; }
}
