using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure;

namespace AdxFlow.Http;

/// <summary>Says in a line what Azure.Identity and Entra ID say in a page, and what to do about it in that kind of sign-in.</summary>
internal static partial class AuthenticationErrors
{
    private const int LongestMessage = 600;

    // What Entra ID says has a thousand characters; a proxy may have put a page in its place, and the libraries its text into theirs.
    private const int Looked = 16 * 1024;

    /// <summary>The error of a token request that failed.</summary>
    public static AdxException From(Exception failure, AdxSignInKind kind, Uri authority)
    {
        Exception cause = failure is AggregateException { InnerExceptions: { Count: > 0 } all } ? all[^1] : failure;
        Exception[] chain = [.. Chain(cause)];
        // One of ours from below, such as a proxy that refuses, comes up wrapped.
        if (chain.OfType<AdxException>().FirstOrDefault() is { } told)
            return told;

        string? entra = chain.Select(each => EntraText(each.Message)).FirstOrDefault(text => text is not null);
        if (entra is null && AsksAuthority(kind) && chain.FirstOrDefault(IsNetworkFailure) is { } network)
        {
            return new AdxException("AdxConnectionFailed", AdxErrorKind.ConnectionFailed, $"'{authority.Host}' cannot be reached to sign in: {Redaction.Clean(Innermost(network).Message)}", failure)
            {
                RecommendedAction = "Check the network between here and the sign-in service, and whether a proxy is needed (-Proxy).",
            };
        }

        string message = entra ?? FirstLines(cause.Message);
        string? code = entra is null ? null : EntraCode().Match(entra).Value;
        return new AdxException("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, "Sign-in failed: " + Redaction.Clean(message), failure)
        {
            ServiceCode = code,
            ActivityId = chain.Select(each => Id(TraceId(), each.Message)).FirstOrDefault(id => id is not null),
            ClientRequestId = chain.Select(each => Id(CorrelationId(), each.Message)).FirstOrDefault(id => id is not null),
            RecommendedAction = SignInAdvice.For(code, kind),
        };
    }

    /// <summary>The error of a token request that nobody answered in time.</summary>
    public static AdxException TimedOut(AdxSignInKind kind, Uri authority, TimeSpan timeout, Exception cause)
    {
        string within = string.Create(CultureInfo.InvariantCulture, $"within {timeout.TotalSeconds:0.###} seconds");
        if (kind == AdxSignInKind.ManagedIdentity)
        {
            return new AdxException("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, $"Sign-in failed: no identity endpoint answered {within}.", cause)
            {
                RecommendedAction = SignInAdvice.For(null, kind),
            };
        }

        string who = kind switch
        {
            AdxSignInKind.AzureCli => "The Azure CLI",
            AdxSignInKind.AzurePowerShell => "Azure PowerShell",
            AdxSignInKind.DeviceCode or AdxSignInKind.InteractiveBrowser => "The user",
            _ => $"'{authority.Host}'",
        };
        return new AdxException("AdxTimeout", AdxErrorKind.Timeout, $"{who} did not complete the sign-in {within}.", cause)
        {
            RecommendedAction = "Try again, with more time if need be (-SignInTimeout); if it stays so, check the network between here and the sign-in service (-Proxy).",
        };
    }

    private static bool AsksAuthority(AdxSignInKind kind) =>
        kind is not (AdxSignInKind.ManagedIdentity or AdxSignInKind.AzureCli or AdxSignInKind.AzurePowerShell);

    private static bool IsNetworkFailure(Exception cause) =>
        cause is HttpRequestException or SocketException or RequestFailedException { Status: 0 };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause is AggregateException { InnerExceptions: { Count: > 0 } all } ? all[^1] : cause.InnerException)
            yield return cause;
    }

    private static Exception Innermost(Exception exception) => Chain(exception).Last();

    /// <summary>What Entra ID itself said, without the ids and the time that follow.</summary>
    private static string? EntraText(string message)
    {
        int start = message.IndexOf("AADSTS", StringComparison.Ordinal);
        return start < 0 ? null : Shortened(EntraEnd().Split(Beginning(message[start..]), 2)[0]);
    }

    private static string FirstLines(string message)
    {
        int end = message.IndexOf("\n\n", StringComparison.Ordinal);
        return Shortened(Beginning(end < 0 ? message : message[..end]));
    }

    private static string Shortened(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }

    private static string Beginning(string text) => text.Length <= Looked ? text : text[..Looked];

    private static string? Id(Regex pattern, string message) => pattern.Match(message) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("""^AADSTS[0-9]+""", RegexOptions.CultureInvariant)]
    private static partial Regex EntraCode();

    // The text may stand inside of JSON, whose line ends are written out.
    [GeneratedRegex("""\s*(?:\\r|\\n|[\r\n]|Trace ID:|"[,}])""", RegexOptions.CultureInvariant)]
    private static partial Regex EntraEnd();

    [GeneratedRegex("""Trace ID: ([0-9a-fA-F-]{36})""", RegexOptions.CultureInvariant)]
    private static partial Regex TraceId();

    [GeneratedRegex("""Correlation ID: ([0-9a-fA-F-]{36})""", RegexOptions.CultureInvariant)]
    private static partial Regex CorrelationId();
}
