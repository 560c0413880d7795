using System.Globalization;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>A call of an Adobe endpoint that is refused.</summary>
/// <remarks>Sources: Experience League, "Flow Service error messages" and "Sources error messages" for codes and titles; the
/// examples of Adobe's published OpenAPI of destinations for bodies.</remarks>
internal sealed class FlowException : Exception
{
    private FlowException(int status, FlowErrorForm form, string code, string title, string message)
        : base(message)
    {
        Status = status;
        Form = form;
        Code = code;
        Title = title;
    }

    /// <summary>The HTTP status code.</summary>
    public int Status { get; }

    public FlowErrorForm Form { get; }

    /// <summary>The code with prefix and status, such as <c>FLOW-1439-404</c>; of the gateway, digits.</summary>
    public string Code { get; }

    public string Title { get; }

    /// <summary>The older sentence that goes with it, in <c>errorMessage</c>; by default the same as the message.</summary>
    public string? OldMessage { get; private init; }

    /// <summary>The kind of resource that it is about, such as <c>flows</c>.</summary>
    public string? ResourceType { get; private init; }

    /// <summary>An error of the Flow Service or of a connector; the code ends with the HTTP status.</summary>
    public static FlowException Of(string code, string title, string message, string? oldMessage = null, string? resourceType = null) =>
        new(StatusOf(code), FlowErrorForm.Report, code, title, message) { OldMessage = oldMessage, ResourceType = resourceType };

    /// <summary>A request that the Flow Service takes for wrong.</summary>
    public static FlowException Invalid(int number, string message) => Of($"FLOW-{number}-400", "Invalid request", message);

    /// <summary>A request that the connector takes for wrong.</summary>
    public static FlowException Connector(int number, string message) => Of($"CONNECTOR-{number}-400", "Bad Request", message);

    public static FlowException NotFound(string resourceType, string id) => Of(
        "FLOW-1439-404", "Resource not found", $"The requested {resourceType} resource {id} is not found. Verify the resource ID before trying again.",
        $"{resourceType} not found with id = [{id}]", resourceType);

    public static FlowException Gateway(int status, string code, string message) => new(status, FlowErrorForm.Gateway, code, "", message);

    public static FlowException InvalidToken() => Gateway(401, "401013", "Oauth token is not valid");

    public static FlowException Plain(string message) => new(400, FlowErrorForm.Message, "", "", message);

    public static FlowException Platform(int status, string type, string title, string detail) => new(status, FlowErrorForm.Platform, type, title, detail);

    public static FlowException Registry(string code, string title, string detail) => new(StatusOf(code), FlowErrorForm.Registry, code, title, detail);

    private static int StatusOf(string code) => int.Parse(code.AsSpan(code.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
}
