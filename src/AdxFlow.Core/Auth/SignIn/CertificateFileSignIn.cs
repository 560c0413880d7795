using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>As an application, with a certificate from a file. The file is read here, so that a wrong one is told before anything is sent.</summary>
internal sealed class CertificateFileSignIn : EntraSignIn
{
    private readonly string _applicationId;
    private readonly CertificateFile _file;
    private readonly bool _sendChain;

    public CertificateFileSignIn(string applicationId, string path, string? password, string tenantId, bool sendCertificateChain, TimeProvider clock)
        : base(AdxSignInKind.CertificateFile)
    {
        _applicationId = Required(applicationId, "application id");
        Tenant = Required(tenantId, "tenant id");
        _file = new CertificateFile(Required(path, "path of the certificate"), password, clock);
        _file.Current();
        _sendChain = sendCertificateChain;
    }

    private protected override TokenCredential Create(SignInContext context) =>
        new CertificateFileCredential(_file, certificate => CertificateCredential.Create(Tenant!, _applicationId, certificate, _sendChain, context));
}
