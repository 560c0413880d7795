using System.Security.Cryptography.X509Certificates;
using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>As an application, with a certificate from a store of this machine. It is looked for here, so that a wrong one is told before anything is sent.</summary>
internal sealed class CertificateThumbprintSignIn : EntraSignIn
{
    private readonly string _applicationId;
    private readonly X509Certificate2 _certificate;
    private readonly bool _sendChain;

    public CertificateThumbprintSignIn(string applicationId, string thumbprint, string tenantId, bool sendCertificateChain, TimeProvider clock)
        : base(AdxSignInKind.CertificateThumbprint)
    {
        _applicationId = Required(applicationId, "application id");
        Tenant = Required(tenantId, "tenant id");
        _certificate = CertificateStore.Find(Required(thumbprint, "thumbprint of the certificate"), clock.GetUtcNow());
        _sendChain = sendCertificateChain;
    }

    private protected override TokenCredential Create(SignInContext context) =>
        CertificateCredential.Create(Tenant!, _applicationId, _certificate, _sendChain, context);
}
