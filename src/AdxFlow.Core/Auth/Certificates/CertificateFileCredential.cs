using System.Security.Cryptography.X509Certificates;
using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>Signs in with the certificate that the file holds at the time: one that is renewed while a run goes on is taken up.</summary>
internal sealed class CertificateFileCredential(CertificateFile file, Func<X509Certificate2, TokenCredential> create) : TokenCredential
{
    private X509Certificate2? _certificate;
    private TokenCredential? _credential;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Current().GetToken(requestContext, cancellationToken);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Current().GetTokenAsync(requestContext, cancellationToken);

    private TokenCredential Current()
    {
        X509Certificate2 certificate = file.Current();
        if (_credential is null || !ReferenceEquals(certificate, _certificate))
        {
            _credential = create(certificate);
            _certificate = certificate;
        }

        return _credential;
    }
}
