namespace AdxFlow.Auth;

/// <summary>
/// How one signs in to a cluster, as its <c>/v1/rest/auth/metadata</c> says.
/// Where it does not say, the public cloud's values hold; where it says "no Azure AD" there is no sign-in.
/// </summary>
internal sealed record CloudMetadata(bool RequiresSignIn, Uri LoginEndpoint, Uri ServiceResource)
{
    /// <summary>The application that a user signs in with; the one of Microsoft's own Kusto clients where the cluster does not say.</summary>
    public string ClientApplicationId { get; init; } = "db662dc1-0cfe-4e1c-a843-19a68e65be58";

    /// <summary>What a cluster without metadata means.</summary>
    public static CloudMetadata PublicCloud { get; } =
        new(true, new Uri("https://login.microsoftonline.com"), new Uri("https://kusto.kusto.windows.net"));

    /// <summary>What the emulator and the embedded stand-in say.</summary>
    public static CloudMetadata NoSignIn { get; } = PublicCloud with { RequiresSignIn = false };

    /// <summary>The scopes of a token for the cluster.</summary>
    public string[] Scopes => [ServiceResource.OriginalString.TrimEnd('/') + "/.default"];
}
