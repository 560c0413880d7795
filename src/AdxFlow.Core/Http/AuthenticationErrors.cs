using Azure.Identity;

namespace AdxFlow.Http;

/// <summary>Says in a line what Azure.Identity says in a page.</summary>
internal static class AuthenticationErrors
{
    public static AdxException From(AuthenticationFailedException failure)
    {
        bool unavailable = failure is CredentialUnavailableException;
        string message = Redaction.Clean(FirstLines(failure.Message));
        return new AdxException("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "Sign-in failed: " + message, failure)
        {
            ServiceCode = EntraCode(failure),
            IsPermanent = true,
            RecommendedAction = Advice(failure, unavailable),
        };
    }

    private static string Advice(AuthenticationFailedException failure, bool unavailable)
    {
        if (unavailable)
            return "This kind of sign-in is not available here: no managed identity answers, or the tool is not installed or not signed in (az login). Choose another kind of Connect-Adx.";

        return EntraCode(failure) switch
        {
            "AADSTS7000215" or "AADSTS7000222" => "The application's key is wrong or has expired. Make a new one in Entra ID and give it as the password of -Credential.",
            "AADSTS700016" => "The application is not known in that tenant. Check the application id (user name of -Credential) and -TenantId.",
            "AADSTS90002" or "AADSTS900023" => "There is no such tenant. Check -TenantId.",
            _ => "Check -TenantId, the application id and its key.",
        };
    }

    private static string? EntraCode(AuthenticationFailedException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            int start = cause.Message.IndexOf("AADSTS", StringComparison.Ordinal);
            if (start < 0)
                continue;
            int end = start + 6;
            while (end < cause.Message.Length && char.IsAsciiDigit(cause.Message[end]))
                end++;
            return cause.Message[start..end];
        }

        return null;
    }

    private static string FirstLines(string message)
    {
        int end = message.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").Trim();
    }
}
