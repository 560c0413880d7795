using System.Text;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>How a fault that was set on purpose looks on the Adobe endpoints.</summary>
internal static class FlowFaults
{
    /// <summary>Answers with a body that fits the status: of the gateway, of a proxy before it (HTML), or of the service.</summary>
    public static Task SendAsync(Exchange exchange, LocalFaultTarget kind, int status)
    {
        if (status is 502 or 503)
        {
            string page = $"<html>\r\n<head><title>{status} {Reason(status)}</title></head>\r\n<body>\r\n<center><h1>{status} {Reason(status)}</h1></center>\r\n</body>\r\n</html>\r\n";
            return exchange.SendAsync(status, "text/html", Encoding.UTF8.GetBytes(page));
        }

        if (kind == LocalFaultTarget.Ims)
        {
            return exchange.SendJsonAsync(status, LocalJson.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("error", status == 401 ? "invalid_client" : status == 429 ? "slow_down" : "server_error");
                writer.WriteString("error_description", Text(status));
                writer.WriteEndObject();
            }));
        }

        FlowException error = status switch
        {
            401 => FlowException.InvalidToken(),
            403 => FlowException.Of("FLOW-2120-403", "Forbidden", "You do not have sufficient permissions to perform the operation. Please contact your administrator to resolve permissions and try again."),
            404 => FlowException.Of("FLOW-1439-404", "Resource not found", Text(status)),
            412 => FlowException.Of("FLOW-1404-412", "Version not matching", Text(status)),
            429 => FlowException.Gateway(429, "429050", "Too many requests"),
            500 => FlowException.Of("FLOW-1102-500", "Internal Error", "An internal error has occurred. Please try again. If the problem persists, please contact customer support."),
            504 => FlowException.Of("FLOW-1104-504", "Gateway Timeout", "A gateway timeout has occurred. Please try again. If the problem persists, please contact customer support."),
            _ => FlowException.Of($"FLOW-1100-{status}", "Invalid request", Text(status)),
        };
        return exchange.SendJsonAsync(status, FlowErrorBody.Build(error, exchange.ActivityId));
    }

    private static string Reason(int status) => status == 502 ? "Bad Gateway" : "Service Temporarily Unavailable";

    private static string Text(int status) => $"A fault set on the local stand-in: HTTP {status}.";
}
