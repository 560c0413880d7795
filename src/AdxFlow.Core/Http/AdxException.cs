namespace AdxFlow;

/// <summary>
/// The one exception for everything that goes wrong between this module and a service.
/// Its message never holds a token, a key or a SAS signature.
/// </summary>
public class AdxException : Exception
{
    /// <summary>Makes an error with a generic message.</summary>
    public AdxException()
        : this("AdxServiceError", AdxErrorKind.ServiceError, "The service failed.")
    {
    }

    /// <summary>Makes an error of the kind <see cref="AdxErrorKind.ServiceError"/>.</summary>
    /// <param name="message">What went wrong.</param>
    public AdxException(string message)
        : this("AdxServiceError", AdxErrorKind.ServiceError, message)
    {
    }

    /// <summary>Makes an error of the kind <see cref="AdxErrorKind.ServiceError"/>.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public AdxException(string message, Exception? innerException)
        : this("AdxServiceError", AdxErrorKind.ServiceError, message, innerException)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="errorId">The stable id, such as <c>AdxTableNotFound</c>.</param>
    /// <param name="kind">The sort of failure.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="inner">What caused it.</param>
    public AdxException(string errorId, AdxErrorKind kind, string message, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        IsPermanent = kind is not (AdxErrorKind.Throttled or AdxErrorKind.Timeout or AdxErrorKind.ConnectionFailed or AdxErrorKind.ServiceError);
    }

    /// <summary>The stable id of this failure; it does not change between versions.</summary>
    public string ErrorId { get; }

    /// <summary>The sort of failure.</summary>
    public AdxErrorKind Kind { get; }

    /// <summary>The service's own code, such as <c>BadRequest_EntityNotFound</c> or <c>SEM0100</c>, where it gave one.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The HTTP status of the answer; null where there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// True where trying again cannot help. It is the service's own <c>@permanent</c> where it said so,
    /// else it follows from <see cref="Kind"/>.
    /// </summary>
    public bool IsPermanent { get; init; }

    /// <summary>The service's id of the work that failed; Microsoft's support asks for it.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The <c>x-ms-client-request-id</c> the request carried.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>What to do next, where that can be said.</summary>
    public string? RecommendedAction { get; init; }
}
