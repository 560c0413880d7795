using Azure.Core;

namespace AdxFlow.Auth;

internal sealed class AccessTokenSignIn : AdxSignIn
{
    private readonly string _token;

    public AccessTokenSignIn(string token)
        : base(AdxSignInKind.AccessToken)
    {
        string trimmed = Required(token, "access token");
        if (trimmed.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[7..].TrimStart();
        // A line break would end the header and begin another.
        if (trimmed.Any(letter => letter is <= ' ' or > '~'))
            throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, "The access token has characters that no token has.");
        _token = trimmed;
    }

    internal override TokenCredential? CreateCredential(SignInContext context) =>
        context.Metadata.RequiresSignIn ? new FixedTokenCredential(_token) : null;
}
