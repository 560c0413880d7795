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

    /// <summary>As an application, with a certificate from a file.</summary>
    CertificateFile,

    /// <summary>As an application, with a certificate from this machine's certificate store.</summary>
    CertificateThumbprint,

    /// <summary>As an application that trusts the token of a Kubernetes service account.</summary>
    WorkloadIdentity,

    /// <summary>As whoever is signed in to Azure PowerShell.</summary>
    AzurePowerShell,

    /// <summary>As a user, who enters a code in a browser on any machine.</summary>
    DeviceCode,

    /// <summary>As a user, in the browser of this machine.</summary>
    InteractiveBrowser,
}
