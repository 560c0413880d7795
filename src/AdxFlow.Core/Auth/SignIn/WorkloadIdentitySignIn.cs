using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

/// <summary>
/// As an application that trusts a token from a file, as Entra Workload ID puts it into the pods of a Kubernetes cluster.
/// The names of the variables: <see href="https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html"/>.
/// </summary>
internal sealed class WorkloadIdentitySignIn(string? applicationId, string? tenantId, string? tokenFile) : EntraSignIn(AdxSignInKind.WorkloadIdentity)
{
    private protected override TokenCredential Create(SignInContext context)
    {
        string application = Given(applicationId, "AZURE_CLIENT_ID", "application id");
        string tenant = Given(tenantId, "AZURE_TENANT_ID", "tenant id");
        string file = Given(tokenFile, "AZURE_FEDERATED_TOKEN_FILE", "token's file");
        if (!File.Exists(file))
            throw NotHere($"there is no file '{file}'");

        // The file is read again for new tokens, as Kubernetes renews it.
        return new WorkloadIdentityCredential(context.Options(new WorkloadIdentityCredentialOptions
        {
            ClientId = application,
            TenantId = tenant,
            TokenFilePath = file,
            DisableInstanceDiscovery = context.DisableInstanceDiscovery,
        }));
    }

    private static string Given(string? value, string variable, string what) =>
        Optional(value) ?? Optional(Environment.GetEnvironmentVariable(variable)) ?? throw NotHere($"the {what} is not given, and {variable} is not set");

    private static AdxException NotHere(string reason) =>
        new("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, $"There is no workload identity here: {reason}.")
        {
            RecommendedAction = "In Kubernetes, label the pod azure.workload.identity/use=true and give it a service account with the annotation "
                + "azure.workload.identity/client-id. Elsewhere choose another sign-in of Connect-Adx.",
        };
}
