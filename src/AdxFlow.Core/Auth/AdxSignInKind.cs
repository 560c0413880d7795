namespace AdxFlow;

/// <summary>How one signed in to a cluster.</summary>
public enum AdxSignInKind
{
    /// <summary>At a server on this machine that does not ask for sign-in.</summary>
    Local,

    /// <summary>With a token that the user brought. It is not renewed.</summary>
    AccessToken,

    /// <summary>As an application, with its key.</summary>
    ServicePrincipal,

    /// <summary>As the managed identity of this Azure resource.</summary>
    ManagedIdentity,

    /// <summary>As whoever is signed in to the Azure CLI.</summary>
    AzureCli,
}
