using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdxFlow.Core.Tests.Auth;

/// <summary>Certificates made for one test run.</summary>
internal static class TestCertificates
{
    /// <summary>That of the servers on this machine.</summary>
    public static X509Certificate2 Server { get; } = Persisted(Create("CN=localhost", request =>
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
    }));

    /// <summary>Trusts <see cref="Server"/> and nothing else.</summary>
    public static X509ChainPolicy TrustServer()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Server);
        return policy;
    }

    /// <summary>An application's certificate with an RSA key, valid from and for so many days from now.</summary>
    public static X509Certificate2 Application(int fromDays = -1, int toDays = 30) => Create("CN=adxflow-test", null, fromDays, toDays);

    /// <summary>One with a key that Entra ID takes none of.</summary>
    public static X509Certificate2 EllipticCurve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=adxflow-test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 Create(string name, Action<CertificateRequest>? more, int fromDays = -1, int toDays = 30)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        more?.Invoke(request);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
    }

    // Windows serves TLS only with a key that is in a store.
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        using X509Certificate2 made = certificate;
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
