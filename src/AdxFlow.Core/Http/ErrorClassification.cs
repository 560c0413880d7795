using System.Globalization;
using System.Text.RegularExpressions;
using Azure;

namespace AdxFlow.Http;

/// <summary>
/// Which of our stable ids a failure gets, and what a person should do about it.
/// The service's codes are listed at <see href="https://learn.microsoft.com/azure/data-explorer/error-codes"/>.
/// </summary>
internal static partial class ErrorClassification
{
    /// <summary>Classifies a failure.</summary>
    /// <param name="response">The answer; null where the error came inside of a successful one.</param>
    /// <param name="body">What its body says.</param>
    /// <param name="context">What was being done.</param>
    public static AdxException Classify(Response? response, ErrorBody body, ErrorContext context)
    {
        int? status = response?.Status;
        string message = body.Message ?? Challenge(response) ?? Describe(response);
        (string id, AdxErrorKind kind, string? action) = Identify(status, body, message, context);
        if (status == 403 && MissingRole(context) is { } role)
            message = $"{message.TrimEnd('.', ' ')}. {role}";

        return new AdxException(id, kind, message)
        {
            ServiceCode = body.Code,
            StatusCode = status,
            IsPermanent = body.Permanent ?? IsPermanent(status, kind),
            ActivityId = body.ActivityId,
            ClientRequestId = body.ClientRequestId ?? context.ClientRequestId,
            RecommendedAction = action,
        };
    }

    private static (string Id, AdxErrorKind Kind, string? Action) Identify(int? status, ErrorBody body, string message, ErrorContext context)
    {
        if (context.Operation == ServiceOperation.Upload)
            return IdentifyUpload(status);

        string code = body.Code ?? string.Empty;
        string type = body.Type ?? string.Empty;
        if (status == 401)
        {
            return ("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed,
                "The service does not accept the token: it may have run out, or be for another audience or tenant. Run Connect-Adx again.");
        }

        if (code == "LocalStandIn_NotSupported")
        {
            return ("AdxLocalNotSupported", AdxErrorKind.NotSupported,
                "Nothing says that it is wrong: the stand-in lacks it. Write it another way, or try it on a cluster; about_AdxFlow_Local lists what is there.");
        }

        if (status == 403 || type.Contains("Denied", StringComparison.Ordinal) || type.Contains("Unauthorized", StringComparison.Ordinal))
            return ("AdxForbidden", AdxErrorKind.PermissionDenied, GrantAdvice(context));
        if (status == 429 || type.Contains("Throttl", StringComparison.Ordinal) || type.Contains("QuotaExceeded", StringComparison.Ordinal))
            return ("AdxThrottled", AdxErrorKind.Throttled, "The cluster stayed busy however often it was asked. Try again later, or send less at a time.");
        if (IsAbsent(code, message, "Database"))
        {
            return ("AdxDatabaseNotFound", AdxErrorKind.NotFound,
                "Check -Database; Get-AdxDatabase lists those you may see.");
        }

        if (IsAbsent(code, message, "Table"))
        {
            return ("AdxTableNotFound", AdxErrorKind.NotFound, context.Operation == ServiceOperation.Ingest
                ? "Make the table with New-AdxTable, or give -CreateTable."
                : "Check the name (it is case-sensitive); Get-AdxTable lists the tables.");
        }

        if (code.Contains("AlreadyExists", StringComparison.OrdinalIgnoreCase))
            return ("AdxAlreadyExists", AdxErrorKind.AlreadyExists, "Take another name, or leave what is there as it is.");
        if (status is 408 or 504 || code.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
            return ("AdxTimeout", AdxErrorKind.Timeout, "Ask for less, or give more time with -Timeout.");
        if (status == 413)
            return ("AdxRequestTooLarge", AdxErrorKind.LimitExceeded, "Send smaller pieces.");
        if (IsLimit(code, message))
            return (FailureId(context), AdxErrorKind.LimitExceeded, "Ask for less (where, take, summarize), or lift the limit with -Option @{ notruncation = $true }.");
        if (status == 412)
            return ("AdxClusterStopped", AdxErrorKind.ServiceError, "The cluster is stopped, or on its way up or down. Start it, then try again.");
        if (status == 404)
            return ("AdxNotFound", AdxErrorKind.NotFound, "This address is not served here. Check the cluster's address, and that it is an ADX cluster of today.");
        if (status is >= 500)
            return ("AdxServiceError", AdxErrorKind.ServiceError, "The service failed. Try again later; if it stays so, tell Microsoft's support the activity id.");

        return status is null
            ? (FailureId(context), AdxErrorKind.ServiceError, context.Advice ?? "Run it again; if it stays so, tell Microsoft's support the activity id.")
            : (FailureId(context), AdxErrorKind.InvalidArgument, context.Advice ?? Correction(context));
    }

    private static (string Id, AdxErrorKind Kind, string? Action) IdentifyUpload(int? status) => status switch
    {
        401 or 403 => ("AdxUploadRefused", AdxErrorKind.PermissionDenied, "The right to upload (SAS) has run out or is refused. Run the command again, which fetches it anew; if it stays so, check the clock of this machine and the storage account's firewall."),
        429 or 503 => ("AdxThrottled", AdxErrorKind.Throttled, "The storage account is busy. Try again later."),
        404 => ("AdxUploadFailed", AdxErrorKind.NotFound, "The container is gone. Run the command again, which asks for another."),
        408 or 504 => ("AdxTimeout", AdxErrorKind.Timeout, "Try again."),
        _ => ("AdxUploadFailed", AdxErrorKind.ServiceError, "Run the command again, which asks for storage anew."),
    };

    private static string FailureId(ErrorContext context) => context.Operation switch
    {
        ServiceOperation.Query => "AdxQueryFailed",
        ServiceOperation.Ingest => "AdxIngestionRefused",
        ServiceOperation.Connect => "AdxConnectionFailed",
        ServiceOperation.Upload => "AdxUploadFailed",
        _ => "AdxCommandFailed",
    };

    private static string Correction(ErrorContext context) => context.Operation switch
    {
        ServiceOperation.Query => "Correct the query; the message says what is wrong, and where.",
        ServiceOperation.Ingest => "Correct what the message names; table, format and mapping must fit the data.",
        ServiceOperation.Connect => "Check the cluster's address.",
        _ => "Correct what the message names.",
    };

    private static bool IsPermanent(int? status, AdxErrorKind kind) =>
        kind is not (AdxErrorKind.Throttled or AdxErrorKind.Timeout or AdxErrorKind.ConnectionFailed) && status is not (>= 500 or 412);

    private static bool IsAbsent(string code, string message, string entity)
    {
        if (code.Contains(entity + "NotExist", StringComparison.OrdinalIgnoreCase) || code.Contains(entity + "NotFound", StringComparison.OrdinalIgnoreCase))
            return true;

        // Whoever names its kind outright is believed first; a table may be called 'Database'.
        Match match = AbsentOfKind().Match(message);
        if (!match.Success)
            match = AbsentByWord().Match(message);
        return match.Success && match.Groups[1].Value.Equals(entity, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLimit(string code, string message) =>
        code.Contains("LimitsExceeded", StringComparison.OrdinalIgnoreCase)
        || message.Contains("80DA0003", StringComparison.Ordinal)
        || message.Contains("80DA0001", StringComparison.Ordinal)
        || message.Contains("E_QUERY_RESULT_SET_TOO_LARGE", StringComparison.Ordinal);

    /// <summary>The sentence that names the role that is missing.</summary>
    private static string? MissingRole(ErrorContext context)
    {
        string who = context.Principal is { } principal ? $"'{principal}'" : "The signed-in principal";
        return context.Operation switch
        {
            ServiceOperation.Ingest when context.Table is { } table => $"{who} needs the role Ingestor on table '{table}' (or on database '{context.Database}').",
            ServiceOperation.Ingest => $"{who} needs the role Ingestor on database '{context.Database}' or its table.",
            ServiceOperation.Query => $"{who} needs the role Viewer or User on database '{context.Database}'.",
            _ => context.NeededRole is { } role ? $"{who} needs the role {role}." : null,
        };
    }

    private static string GrantAdvice(ErrorContext context)
    {
        string principal = Quote(context.Principal ?? "aadapp=<application id>;<tenant id>");
        string database = context.Database is { } name ? $" -Database {Quote(name)}" : string.Empty;
        return context.Operation switch
        {
            ServiceOperation.Ingest => context.Table is { } table
                ? $"Have a table or database administrator run: Grant-AdxIngestor -Table {Quote(table)} -Principal {principal}{database}"
                : $"Have a database administrator run: Grant-AdxIngestor -Principal {principal}{database}",
            ServiceOperation.Query => $"Ask a database administrator for the role Viewer (to read) or User on the database for {principal}.",
            _ => $"Ask an administrator of the database or table for a role that may do this, for {principal}.",
        };
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A 401 has no body; why the token was refused stands in its challenge.</summary>
    private static string? Challenge(Response? response)
    {
        if (response?.Status != 401 || !response.Headers.TryGetValue("WWW-Authenticate", out string? challenge))
            return null;
        Match reason = ChallengeReason().Match(challenge);
        return reason.Success ? $"The service does not accept the token: {Redaction.Clean(reason.Groups[1].Value)}" : null;
    }

    private static string Describe(Response? response)
    {
        if (response is null)
            return "The service reported an error without a message.";

        string reason = string.IsNullOrWhiteSpace(response.ReasonPhrase) ? string.Empty : $" ({response.ReasonPhrase})";
        return string.Create(CultureInfo.InvariantCulture, $"The service answered with HTTP status {response.Status}{reason} and no message.");
    }

    [GeneratedRegex("error_description=\"([^\"]{1,1000})\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ChallengeReason();

    // "Entity ID 'T' of kind 'Table' was not found."
    [GeneratedRegex("""of kind '?(\w+)'? was not found""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AbsentOfKind();

    // "Database 'X' could not be found.", "Table 'X' does not exist". A name may have a quote in it.
    [GeneratedRegex("""\b(Table|Database) '(?:[^']|'(?![\s.,;:])){1,1024}' (?:could not be found|was not found|does not exist|doesn't exist|not found)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AbsentByWord();
}
