using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

/// <summary>The one way in which both kinds of certificate sign in.</summary>
internal static class CertificateCredential
{
    public static TokenCredential Create(string tenantId, string applicationId, X509Certificate2 certificate, bool sendChain, SignInContext context) =>
        new ClientCertificateCredential(tenantId, applicationId, certificate, context.Options(new ClientCertificateCredentialOptions
        {
            SendCertificateChain = sendChain,
            DisableInstanceDiscovery = context.DisableInstanceDiscovery,
        }));
}
