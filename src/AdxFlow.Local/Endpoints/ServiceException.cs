namespace AdxFlow.Local.Endpoints;

/// <summary>A request that is refused. <see cref="ErrorBody"/> writes it as the service does.</summary>
internal sealed class ServiceException : Exception
{
    private const string InvalidRequest = "Request is invalid and cannot be executed.";
    private const string BadRequestType = "Kusto.Data.Exceptions.KustoBadRequestException";

    public ServiceException(int status, string code, string summary, string type, string message)
        : base(message)
    {
        Status = status;
        Code = code;
        Summary = summary;
        Type = type;
    }

    /// <summary>The HTTP status code.</summary>
    public int Status { get; }

    /// <summary>The error code, such as <c>BadRequest_EntityNotFound</c>.</summary>
    public string Code { get; }

    /// <summary>The generic sentence that goes with the code; <see cref="Exception.Message"/> is the one that helps.</summary>
    public string Summary { get; }

    /// <summary>The name of the exception type that the service tells.</summary>
    public string Type { get; }

    /// <summary>False where the same request may succeed later.</summary>
    public bool Permanent { get; init; } = true;

    /// <summary>The code of the inner error of a query, such as <c>SEM0100</c>; null for none.</summary>
    public string? InnerCode { get; init; }

    public static ServiceException BadRequest(string message, string code = "General_BadRequest") =>
        new(400, code, InvalidRequest, BadRequestType, message);

    public static ServiceException Syntax(string message) =>
        new(400, "BadRequest_SyntaxError", InvalidRequest, "Kusto.Data.Exceptions.SyntaxException", "Syntax error: " + message);

    public static ServiceException NotSupported(string message) =>
        new(400, "LocalStandIn_NotSupported", InvalidRequest, BadRequestType, message);

    public static ServiceException TableNotFound(string table) =>
        new(400, "BadRequest_EntityNotFound", InvalidRequest, "Kusto.Common.Svc.Exceptions.EntityNotFoundException", $"Entity ID '{table}' of kind 'Table' was not found.");

    public static ServiceException DatabaseNotFound(string database) =>
        new(400, "BadRequest_EntityNotFound", InvalidRequest, "Kusto.DataNode.Exceptions.DatabaseNotFoundException", $"Database '{database}' could not be found.");

    public static ServiceException AlreadyExists(string message) =>
        new(400, "BadRequest_EntityAlreadyExists", InvalidRequest, "Kusto.Common.Svc.Exceptions.EntityAlreadyExistsException", message);

    public static ServiceException InvalidName(string message) =>
        new(400, EntityNames.InvalidCode, InvalidRequest, "Kusto.Common.Svc.Exceptions.EntityNameIsNotValidException", message);

    public static ServiceException Forbidden(string type, string message) =>
        new(403, "Forbidden", "Caller is not authorized to perform this action", type, message);

    public static ServiceException NotFound(string message) =>
        new(404, "General_NotFound", "The requested resource was not found.", "Kusto.Common.Svc.Exceptions.EntityNotFoundException", message);

    public static ServiceException TooLarge(long limit) =>
        new(413, "General_RequestTooLarge", "The request is too large.", BadRequestType, $"The request body is larger than {limit} bytes, the most that the local stand-in takes here.");

    public static ServiceException Internal(Exception cause) =>
        new(500, "General_InternalServerError", "An internal service error has occurred.", cause.GetType().ToString(), cause.Message) { Permanent = false };
}
