using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>
/// Which of our stable ids a failure gets, and what a person should do about it. Flow Service's codes are listed at
/// <see href="https://experienceleague.adobe.com/docs/experience-platform/sources/errors/flow-service-errors.html"/>. Other services use the same
/// numbers for other things, so a code only counts with its prefix.
/// </summary>
internal static class FlowCodes
{
    private const string Roles = "Have an administrator give the API credential a role with the permission Manage (or View) Sources in this sandbox; adobe.com/go/admin shows it under API credentials.";

    private const string NoAccess = "It may also be there, and this credential may have no access to it (data usage labels).";

    public static FlowCode Identify(int status, FlowErrorBody body, FlowRequest request)
    {
        if (body.Prefix == "FLOW" && OfFlowService(body.Code!.Split('-')[1]) is { } known)
            return known;
        if (body.Prefix == "CONNECTOR" && OfConnector(body.Code!.Split('-')[1]) is { } source)
            return source;
        if (body.Prefix is null && OfGateway(body.Code) is { } refused)
            return refused;
        return OfStatus(status, request);
    }

    private static FlowCode? OfFlowService(string number) => number switch
    {
        "1439" or "1430" => NotFound(),
        "1404" => Stale,
        "1403" => new("FlowInvalidRequest", AdxErrorKind.InvalidArgument, "Read the entity again and give its ETag."),
        "1418" or "1447" => new("FlowInUse", AdxErrorKind.Conflict, "Remove the flows that use it first; Get-Flow shows them."),
        "1409" or "1416" or "1417" or "1420" or "1421" or "1422" or "1444" or "1456" or "1457" or "1458" =>
            new("FlowInvalidState", AdxErrorKind.Conflict, "Look at its state; one that is being changed is free again after a while, and a draft is published first."),
        "1413" or "1414" => new("FlowInvalidRequest", AdxErrorKind.InvalidArgument, "Check -SpecId; Get-FlowConnectionSpec lists the specs."),
        "1415" => new("FlowInvalidRequest", AdxErrorKind.InvalidArgument, "Check -AuthSpec; Get-FlowConnectionSpec shows the ways to sign in that a spec has."),
        "1419" => new("FlowInvalidMapping", AdxErrorKind.InvalidArgument, "Correct the mapping; Test-FlowMapping says what is wrong with it."),
        "1412" => new("FlowInvalidMapping", AdxErrorKind.InvalidArgument, "Give the version that the mapping has; New-FlowMapping shows it."),
        "1425" => new("FlowSchemaMismatch", AdxErrorKind.InvalidArgument, "The dataset and the mapping must be for the same schema, of the same version. Make the mapping again for the dataset's schema (New-FlowMapping)."),
        "1427" => new("FlowAccessDenied", AdxErrorKind.PermissionDenied, "Only the connector itself may do that."),
        "1445" => new("FlowNotSupported", AdxErrorKind.InvalidArgument, "This connector's connections cannot be changed: make a new one, and flows from it."),
        "2000" or "2001" or "2002" => new("FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "Check -OrganizationId of Connect-Flow, and that the credential belongs to that organization."),
        "2114" or "2115" => new("FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "Run Connect-Flow again."),
        "2100" or "2101" or "2103" or "2105" or "2106" => SandboxNotFound,
        "2118" or "2120" or "2121" => new("FlowAccessDenied", AdxErrorKind.PermissionDenied, Roles),
        "1102" or "1103" or "1400" => ServiceFailed,
        "1104" => TimedOut,
        _ => null,
    };

    /// <summary>The codes of connectors: <see href="https://experienceleague.adobe.com/docs/experience-platform/sources/errors/sources-errors.html"/>.</summary>
    private static FlowCode? OfConnector(string number) => number switch
    {
        "1300" => new("FlowNotSupported", AdxErrorKind.InvalidArgument, "This connector's connections cannot be changed: make a new one, and flows from it."),
        "1308" => new("FlowSourceRefused", AdxErrorKind.ServiceError, "The source itself refused, with the message above. See that the connection's principal has the role Viewer on the database (Grant-AdxRole), and that its key is the present one (Set-FlowConnection -Credential)."),
        "1330" => new("FlowTableNotFound", AdxErrorKind.NotFound, "Check the table's name, which is case-sensitive; Get-FlowTable lists the tables."),
        _ => null,
    };

    /// <summary>The gateway's codes are those of <see href="https://experienceleague.adobe.com/docs/experience-platform/landing/troubleshooting.html"/>.</summary>
    private static FlowCode? OfGateway(string? code) => code switch
    {
        "403010" or "401013" => new("FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "The token is refused. Run Connect-Flow again; if it stays so, see that its -Uri and -ImsUri belong together."),
        "403000" or "403003" => new("FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "The client id (user name of -Credential) is not known to Experience Platform. Add the Experience Platform API to the project in the Adobe Developer Console."),
        "403025" or "400003" => new("FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "Check -OrganizationId of Connect-Flow, and that the credential has a product profile of that organization."),
        _ => null,
    };

    private static FlowCode OfStatus(int status, FlowRequest request) => status switch
    {
        401 => new("FlowAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "The service does not accept the token, not even a new one. Check -OrganizationId and the credential's scopes, and run Connect-Flow again."),
        403 => new("FlowAccessDenied", AdxErrorKind.PermissionDenied, Roles),
        404 => NotFound(request.Operation.Method == RequestMethod.Get ? NoAccess : null),
        409 => new("FlowAlreadyExists", AdxErrorKind.AlreadyExists, "Take another name, or use what is there."),
        412 => Stale,
        408 or 504 => TimedOut,
        413 => new("FlowRequestTooLarge", AdxErrorKind.LimitExceeded, "Send less at a time."),
        429 => new("FlowThrottled", AdxErrorKind.Throttled, "The service stayed busy however often it was asked. Try again later."),
        >= 500 => ServiceFailed,
        _ => new("FlowInvalidRequest", AdxErrorKind.InvalidArgument, "Correct what the message names."),
    };

    private static FlowCode Stale => new("FlowConflict", AdxErrorKind.Conflict, "Somebody else has changed it meanwhile. Read it again, look at what changed, and repeat the call.");

    private static FlowCode SandboxNotFound => new("FlowSandboxNotFound", AdxErrorKind.NotFound, "Check -Sandbox of Connect-Flow (the name, not the title); Get-FlowSandbox lists those you may use.");

    private static FlowCode ServiceFailed => new("FlowServiceError", AdxErrorKind.ServiceError, "The service failed. Try again later; if it stays so, tell Adobe's support the request id.");

    private static FlowCode TimedOut => new("FlowTimeout", AdxErrorKind.Timeout, "Try again. Where something was to be made or started, look first whether it was.");

    private static FlowCode NotFound(string? remark = NoAccess) =>
        new("FlowNotFound", AdxErrorKind.NotFound, "Check the id, and that the sandbox is the right one (Get-FlowSession).", remark);
}
