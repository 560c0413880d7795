using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdxFlow.Auth;

/// <summary>The personal certificates of the user, then those of the machine.</summary>
internal static class CertificateStore
{
    private const int ThumbprintLength = 40;

    /// <summary>The certificate with that thumbprint, if it can sign in at this time.</summary>
    public static X509Certificate2 Find(string thumbprint, DateTimeOffset now)
    {
        // What is copied from a dialog comes with blanks, and with an invisible mark before the first digit.
        string wanted = string.Concat(thumbprint.Where(char.IsAsciiLetterOrDigit));
        if (wanted.Length != ThumbprintLength || !wanted.All(char.IsAsciiHexDigit))
            throw InvalidCertificate.Because($"'{thumbprint}' is not a thumbprint.", $"A thumbprint has {ThumbprintLength} hexadecimal digits: Get-ChildItem Cert:/CurrentUser/My shows those of your certificates.");

        X509Certificate2? found = FindIn(StoreLocation.CurrentUser, wanted);
        if (found is not { HasPrivateKey: true })
            found = FindIn(StoreLocation.LocalMachine, wanted) ?? found;
        return found is not null
            ? CertificateCheck.Require(found, "the certificate store", now)
            : throw InvalidCertificate.Because(
                $"There is no certificate {wanted} in CurrentUser/My or LocalMachine/My.", "Import it with its private key, into the store of the account that runs this, or give -CertificatePath.");
    }

    private static X509Certificate2? FindIn(StoreLocation location, string thumbprint)
    {
        using var store = new X509Store(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        }
        catch (CryptographicException)
        {
            // Not there: a user without certificates, or a system that has no store of the machine.
            return null;
        }

        X509Certificate2Collection found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        return found.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? found.FirstOrDefault();
    }
}
