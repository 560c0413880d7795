namespace AdxFlow.Http;

/// <summary>
/// What to do when there is no token, in each kind of sign-in. The codes are those of
/// <see href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes"/>.
/// </summary>
internal static class SignInAdvice
{
    /// <summary>What to do next.</summary>
    /// <param name="code">Entra ID's code, such as <c>AADSTS7000215</c>; null where it gave none.</param>
    /// <param name="kind">How one tried to sign in.</param>
    public static string For(string? code, AdxSignInKind kind) => code switch
    {
        "AADSTS7000215" => "The application's key is wrong. Give the key's value (not its id) as the password of -Credential.",
        "AADSTS7000222" => "The application's key has expired. Make a new one in Entra ID and give it as the password of -Credential.",
        "AADSTS700027" or "AADSTS1000502" => "The certificate does not belong to the application, or has expired there. Upload its public part to the application in Entra ID (Certificates & secrets), or give the one that is there.",
        "AADSTS700016" => $"The application is not known in that tenant. Check {Application(kind)} and {Tenant(kind)}.",
        "AADSTS7000229" or "AADSTS7000112" => $"The application has no service principal in that tenant, or it is disabled. Check it in Entra ID (Enterprise applications), and {Tenant(kind)}.",
        "AADSTS90002" or "AADSTS900021" or "AADSTS900023" => $"There is no such tenant. Check {Tenant(kind)}.",
        "AADSTS50020" or "AADSTS50034" => "The user is not known in that tenant. Give the cluster's tenant with -TenantId, where the user is a member or a guest.",
        "AADSTS500011" => $"Azure Data Explorer is not known in that tenant. Check {Tenant(kind)}.",
        "AADSTS65001" or "AADSTS65004" or "AADSTS90094" => "Consent is missing. Let an administrator of the tenant grant the application the right to Azure Data Explorer (user_impersonation).",
        "AADSTS53000" or "AADSTS53001" or "AADSTS53003" or "AADSTS530003" => "A Conditional Access policy of the tenant refuses this sign-in. Sign in from where it allows it, or ask the tenant's administrator.",
        "AADSTS70011" or "AADSTS70021" or "AADSTS700211" or "AADSTS700212" or "AADSTS700213" or "AADSTS700024" when kind == AdxSignInKind.WorkloadIdentity =>
            "The application does not trust this token, or the token has expired. Compare issuer, subject and audience with the application's federated credential in Entra ID.",
        "AADSTS50074" or "AADSTS50076" or "AADSTS50079" or "AADSTS50158" => "More than a password is asked for (multi-factor authentication). " + Again(kind),
        "AADSTS50173" or "AADSTS70043" or "AADSTS700082" or "AADSTS700084" => "The earlier sign-in has expired or was revoked. " + Again(kind),
        _ => Usual(kind),
    };

    private static string Usual(AdxSignInKind kind) => kind switch
    {
        AdxSignInKind.ServicePrincipal => "Check the application id (user name of -Credential), its key (password) and -TenantId.",
        AdxSignInKind.CertificateFile or AdxSignInKind.CertificateThumbprint => "Check -ApplicationId and -TenantId, and that the application in Entra ID has this certificate.",
        AdxSignInKind.ManagedIdentity => "Turn on a managed identity for this machine, app or Automation account; name a user-assigned one by its -ClientId. Elsewhere choose another sign-in of Connect-Adx.",
        AdxSignInKind.WorkloadIdentity => "Compare the pod's service account (its client id and tenant id) with the application's federated credential in Entra ID.",
        AdxSignInKind.AzureCli => "Install the Azure CLI and see that it is in the PATH of this session; then run az login.",
        AdxSignInKind.AzurePowerShell => "Install the module Az.Accounts and run Connect-AzAccount. The sign-in must be saved for other processes: Enable-AzContextAutosave.",
        AdxSignInKind.DeviceCode => "Run Connect-Adx -DeviceCode again, and enter the code before it runs out.",
        AdxSignInKind.InteractiveBrowser => "Run Connect-Adx again and complete the sign-in in the browser; where there is none, give -DeviceCode.",
        _ => "Get a new token and run Connect-Adx again.",
    };

    private static string Again(AdxSignInKind kind) => kind switch
    {
        AdxSignInKind.AzureCli => "Run az login again, with --tenant and --scope https://kusto.kusto.windows.net/.default, and then Connect-Adx.",
        AdxSignInKind.AzurePowerShell => "Run Connect-AzAccount again, with -Tenant and -AuthScope https://kusto.kusto.windows.net, and then Connect-Adx.",
        _ => "Run Connect-Adx again, and complete the sign-in.",
    };

    private static string Application(AdxSignInKind kind) => kind switch
    {
        AdxSignInKind.ServicePrincipal => "the application id (user name of -Credential)",
        AdxSignInKind.WorkloadIdentity => "AZURE_CLIENT_ID (the annotation of the service account)",
        AdxSignInKind.ManagedIdentity => "-ClientId",
        _ => "-ApplicationId",
    };

    private static string Tenant(AdxSignInKind kind) =>
        kind == AdxSignInKind.WorkloadIdentity ? "AZURE_TENANT_ID (the annotation of the service account)" : "-TenantId";
}
