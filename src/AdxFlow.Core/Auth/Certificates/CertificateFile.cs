using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AdxFlow.Auth;

/// <summary>
/// A certificate with its private key in a file, PFX (PKCS #12) or PEM. It is read again when the file has changed.
/// The key stays in memory: it is put into no key store of the machine, where that can be had.
/// </summary>
internal sealed class CertificateFile(string path, string? password, TimeProvider clock)
{
    private readonly object _reading = new();
    private (DateTime Written, long Length) _version;
    private X509Certificate2? _certificate;

    /// <summary>The certificate that the file holds now.</summary>
    public X509Certificate2 Current()
    {
        lock (_reading)
        {
            try
            {
                var file = new FileInfo(path);
                if (!file.Exists)
                    throw InvalidCertificate.Because($"There is no file '{path}'.", "Check -CertificatePath, and that this account may read it.");

                (DateTime, long) version = (file.LastWriteTimeUtc, file.Length);
                if (_certificate is null || version != _version)
                {
                    _certificate = CertificateCheck.Require(Read(File.ReadAllBytes(path)), $"'{path}'", clock.GetUtcNow());
                    _version = version;
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw InvalidCertificate.Because($"'{path}' cannot be read: {unreadable.Message}", "Check -CertificatePath, and that this account may read it.", unreadable);
            }

            return _certificate;
        }
    }

    private X509Certificate2 Read(byte[] content)
    {
        bool isPem = content.AsSpan().IndexOf("-----BEGIN "u8) >= 0;
        try
        {
            return isPem ? ReadPem(Encoding.UTF8.GetString(content)) : new X509Certificate2(content, password, KeyStorage);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            throw Unreadable(content, isPem, unreadable);
        }
    }

    private X509Certificate2 ReadPem(string text)
    {
        if (text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal))
            return X509Certificate2.CreateFromEncryptedPem(text, text, password);

        return text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromPem(text, text)
            : X509Certificate2.CreateFromPem(text);
    }

    private AdxException Unreadable(byte[] content, bool isPem, Exception failure)
    {
        // Windows says "the specified network password is not correct", the others something else each; the case is told apart here.
        bool encrypted = !isPem || Encoding.UTF8.GetString(content).Contains("ENCRYPTED", StringComparison.Ordinal);
        if (encrypted && (isPem || IsPfx(content)))
        {
            return string.IsNullOrEmpty(password)
                ? InvalidCertificate.Because($"'{path}' is encrypted, and no password is given.", "Give its password with -CertificatePassword.", failure)
                : InvalidCertificate.Because($"The password for '{path}' is wrong, or the file is damaged.", "Check -CertificatePassword.", failure);
        }

        return InvalidCertificate.Because($"'{path}' holds no certificate that can be read.", "Give a PFX file (PKCS #12), or a PEM file with the certificate and its private key.", failure);
    }

    private static bool IsPfx(byte[] content)
    {
        try
        {
            return content.Length > 0 && X509Certificate2.GetCertContentType(content) == X509ContentType.Pfx;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // macOS has no way to keep a key in memory only.
    private static X509KeyStorageFlags KeyStorage =>
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
}
