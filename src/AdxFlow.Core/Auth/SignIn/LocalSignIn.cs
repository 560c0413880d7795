using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>
/// Sign-in at a server on this machine that takes one's word for who one is: the embedded stand-in.
/// The token is not signed, so it is worth nothing elsewhere, and it is never sent elsewhere.
/// </summary>
internal sealed class LocalSignIn : AdxSignIn
{
    private readonly AdxPrincipal? _principal;

    public LocalSignIn(string? principal)
        : base(AdxSignInKind.Local)
    {
        if (string.IsNullOrWhiteSpace(principal))
            return;

        _principal = AdxPrincipal.Parse(principal);
        if (_principal.Kind is not (AdxPrincipalKind.Application or AdxPrincipalKind.User))
        {
            throw new AdxException("AdxInvalidPrincipal", AdxErrorKind.InvalidArgument, $"One cannot sign in as '{principal}': only applications and users sign in.")
            {
                RecommendedAction = "Give aadapp=<application id>;<tenant id> or aaduser=<name or object id>;<tenant id>.",
            };
        }
    }

    /// <summary>Who one is here.</summary>
    public string Name => _principal?.ToString() ?? "administrator";

    internal override TokenCredential? CreateCredential(SignInContext context)
    {
        RequireLoopback(context.Cluster);
        return _principal is null ? null : new FixedTokenCredential(UnsignedToken.Create(_principal, context.Metadata.ServiceResource), context.Clock);
    }

    /// <summary>Refuses any other machine.</summary>
    internal static void RequireLoopback(Uri cluster)
    {
        if (!LoopbackHost.IsLoopback(cluster))
        {
            throw new AdxException("AdxHostNotTrusted", AdxErrorKind.NotTrusted, $"A local sign-in is for this machine only, not for '{cluster.Host}'. Nothing was sent.")
            {
                RecommendedAction = "Leave out -Local and choose a real sign-in.",
            };
        }
    }
}
