using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdxFlow.Auth;

/// <summary>What Entra ID would refuse a certificate for, or what signing would fail at, told before anything is sent.</summary>
internal static class CertificateCheck
{
    /// <summary>The certificate, if it can sign in at this time.</summary>
    public static X509Certificate2 Require(X509Certificate2 certificate, string where, DateTimeOffset now)
    {
        string name = $"The certificate in {where} ({certificate.Thumbprint})";
        if (now < certificate.NotBefore)
            throw InvalidCertificate.Because($"{name} is valid only from {Date(certificate.NotBefore)}.", "Check the clock of this machine, or give another certificate.");
        if (now > certificate.NotAfter)
            throw InvalidCertificate.Because($"{name} expired at {Date(certificate.NotAfter)}.", "Renew the certificate, add the new one to the application in Entra ID, and give it here.");
        if (!certificate.HasPrivateKey)
        {
            throw InvalidCertificate.Because(
                $"{name} has no private key.", "Give a file or an entry of the store with certificate and private key: a PFX, or a PEM with both. A .cer or .crt file alone cannot sign.");
        }

        try
        {
            using RSA? key = certificate.GetRSAPrivateKey();
            return key is not null
                ? certificate
                : throw InvalidCertificate.Because($"{name} has a key that is not RSA.", "Entra ID takes RSA keys only: make the certificate with one of 2,048 bits or more.");
        }
        catch (CryptographicException denied)
        {
            throw InvalidCertificate.Because($"The private key of {char.ToLowerInvariant(name[0])}{name[1..]} cannot be used: {denied.Message}", "Give the account that runs this the right to read the private key.", denied);
        }
    }

    private static string Date(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
