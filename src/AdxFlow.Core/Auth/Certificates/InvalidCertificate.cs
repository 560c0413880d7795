namespace AdxFlow.Auth;

/// <summary>The error of a certificate that cannot sign in. It is told before anything is sent.</summary>
internal static class InvalidCertificate
{
    public static AdxException Because(string reason, string action, Exception? cause = null) =>
        new("AdxInvalidCertificate", AdxErrorKind.InvalidArgument, reason + " Nothing was sent.", cause) { RecommendedAction = action };
}
