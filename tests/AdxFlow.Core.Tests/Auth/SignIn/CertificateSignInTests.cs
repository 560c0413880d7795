using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.SignIn;

public sealed class CertificateSignInTests : IDisposable
{
    private const string Password = "pa55-word";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("adxflow");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("pfx")]
    [InlineData("pem")]
    [InlineData("encrypted pem")]
    public async Task The_certificate_signs_an_assertion_for_the_authority(string form)
    {
        using X509Certificate2 certificate = TestCertificates.Application();
        string path = Write(certificate, form);
        await using var entra = new FakeEntra();
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.CertificateFile(FakeEntra.Application, path, form == "pem" ? null : Password, FakeEntra.Tenant));
        Dictionary<string, string> request = FakeEntra.Fields(Assert.Single(entra.TokenRequests).Body);
        Assert.Equal("client_credentials", request["grant_type"]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", request["client_assertion_type"]);
        (JsonElement header, JsonElement claims) = Assertion(request);
        Assert.Equal(Thumbprint(certificate), header.GetProperty("x5t#S256").GetString());
        Assert.False(header.TryGetProperty("x5c", out _));
        Assert.Equal(FakeEntra.Application, claims.GetProperty("iss").GetString());
        Assert.Equal(FakeEntra.Application, claims.GetProperty("sub").GetString());
        Assert.Equal($"{entra.Uri}{FakeEntra.Tenant}/oauth2/v2.0/token", claims.GetProperty("aud").GetString());
        Assert.True(IsSignedBy(certificate, request["client_assertion"], header));
        Assert.Equal(FakeEntra.Jwt("first"), entra.EngineTokens.Last());
        Assert.Equal(AdxSignInKind.CertificateFile, connection.SignIn);
        Assert.Equal($"aadapp={FakeEntra.Application};{FakeEntra.Tenant}", connection.Principal);
    }

    [Fact]
    public async Task The_certificate_goes_along_where_that_is_wanted()
    {
        using X509Certificate2 certificate = TestCertificates.Application();
        await using var entra = new FakeEntra();
        await entra.ConnectAsync(AdxSignIn.CertificateFile(FakeEntra.Application, Write(certificate, "pfx"), Password, FakeEntra.Tenant, sendCertificateChain: true));
        (JsonElement header, _) = Assertion(FakeEntra.Fields(Assert.Single(entra.TokenRequests).Body));
        Assert.True(header.TryGetProperty("x5c", out _));
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_during_a_run_is_taken_up()
    {
        using X509Certificate2 first = TestCertificates.Application();
        using X509Certificate2 second = TestCertificates.Application();
        string path = Write(first, "pfx");
        // A token that has run out when it comes makes every call ask for another.
        await using var entra = new FakeEntra { Token = _ => FakeEntra.TokenAnswer(FakeEntra.Jwt("short"), expiresIn: 0) };
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.CertificateFile(FakeEntra.Application, path, Password, FakeEntra.Tenant));
        Assert.Equal(Thumbprint(first), LastThumbprint(entra));

        Write(second, "pfx");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        await new AdxClient(connection).ExecuteCommandAsync(".show version", new AdxRequestOptions { Database = "db" }, TestContext.Current.CancellationToken);
        Assert.Equal(Thumbprint(second), LastThumbprint(entra));
    }

    [Fact]
    public async Task A_certificate_the_application_does_not_have_is_told_so()
    {
        using X509Certificate2 certificate = TestCertificates.Application();
        await using var entra = new FakeEntra { Token = _ => Entra.Refusal(700027, "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application.") };
        AdxException error = await entra.RefusedAsync(AdxSignIn.CertificateFile(FakeEntra.Application, Write(certificate, "pfx"), Password, FakeEntra.Tenant));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Equal("AADSTS700027", error.ServiceCode);
        Assert.Contains("Certificates & secrets", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() => Assert.Contains("no file", Refused(Path.Combine(_directory.FullName, "none.pfx")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_password_is_refused_without_showing_it()
    {
        using X509Certificate2 certificate = TestCertificates.Application();
        foreach (string form in new[] { "pfx", "encrypted pem" })
        {
            AdxException error = Refused(Write(certificate, form), "wr0ng-one");
            Assert.Contains("password", error.Message, StringComparison.Ordinal);
            Assert.Contains("-CertificatePassword", error.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("wr0ng-one", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_password_that_is_missing_is_asked_for()
    {
        using X509Certificate2 certificate = TestCertificates.Application();
        foreach (string form in new[] { "pfx", "encrypted pem" })
            Assert.Contains("no password is given", Refused(Write(certificate, form)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cer")]
    [InlineData("pem without key")]
    [InlineData("pfx without key")]
    public void A_certificate_without_its_private_key_is_refused(string form)
    {
        using X509Certificate2 certificate = TestCertificates.Application();
        AdxException error = Refused(Write(certificate, form), form.StartsWith("pfx", StringComparison.Ordinal) ? Password : null);
        Assert.Contains("no private key", error.Message, StringComparison.Ordinal);
        Assert.Contains(certificate.Thumbprint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_expired_is_refused_with_its_date()
    {
        using X509Certificate2 certificate = TestCertificates.Application(-30, -2);
        AdxException error = Refused(Write(certificate, "pfx"), Password);
        Assert.Contains($"expired at {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_not_valid_yet_is_refused_with_its_date()
    {
        using X509Certificate2 certificate = TestCertificates.Application(2, 30);
        AdxException error = Refused(Write(certificate, "pfx"), Password);
        Assert.Contains($"only from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_RSA_is_refused()
    {
        using X509Certificate2 certificate = TestCertificates.EllipticCurve();
        string path = Path.Combine(_directory.FullName, "ec.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, Password));
        Assert.Contains("not RSA", Refused(path, Password).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void What_is_no_certificate_is_refused(string content)
    {
        string path = Path.Combine(_directory.FullName, "text.pfx");
        File.WriteAllText(path, content);
        Assert.Contains("holds no certificate", Refused(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_users_store_is_found_by_its_thumbprint()
    {
        if (OperatingSystem.IsMacOS())
            Assert.Skip("The keychain would ask the user.");

        using X509Certificate2 made = TestCertificates.Application();
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.PersistKeySet);
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(certificate);
        try
        {
            // As the dialog of Windows shows it, with an invisible mark at the start.
            string shown = "\u200e" + string.Join(' ', certificate.Thumbprint.ToLowerInvariant().Chunk(2).Select(pair => new string(pair)));
            await using var entra = new FakeEntra();
            AdxConnection connection = await entra.ConnectAsync(AdxSignIn.CertificateThumbprint(FakeEntra.Application, shown, FakeEntra.Tenant));
            Assert.Equal(Thumbprint(certificate), LastThumbprint(entra));
            Assert.Equal(AdxSignInKind.CertificateThumbprint, connection.SignIn);
        }
        finally
        {
            store.Remove(certificate);
        }
    }

    [Fact]
    public void A_thumbprint_that_is_in_no_store_is_refused()
    {
        var error = Assert.Throws<AdxException>(() => AdxSignIn.CertificateThumbprint(FakeEntra.Application, new string('0', 40), FakeEntra.Tenant));
        Assert.Equal("AdxInvalidCertificate", error.ErrorId);
        Assert.Contains("CurrentUser/My", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12 34")]
    [InlineData("zz00000000000000000000000000000000000000")]
    public void What_is_no_thumbprint_is_refused(string thumbprint)
    {
        var error = Assert.Throws<AdxException>(() => AdxSignIn.CertificateThumbprint(FakeEntra.Application, thumbprint, FakeEntra.Tenant));
        Assert.Equal("AdxInvalidCertificate", error.ErrorId);
        Assert.Contains("40", error.RecommendedAction, StringComparison.Ordinal);
    }

    private static AdxException Refused(string path, string? password = null)
    {
        var error = Assert.Throws<AdxException>(() => AdxSignIn.CertificateFile(FakeEntra.Application, path, password, FakeEntra.Tenant));
        Assert.Equal("AdxInvalidCertificate", error.ErrorId);
        Assert.Equal(AdxErrorKind.InvalidArgument, error.Kind);
        Assert.EndsWith("Nothing was sent.", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
        return error;
    }

    private static (JsonElement Header, JsonElement Claims) Assertion(Dictionary<string, string> request)
    {
        string[] parts = request["client_assertion"].Split('.');
        return (FakeEntra.Decode(parts[0]), FakeEntra.Decode(parts[1]));
    }

    private static string? LastThumbprint(FakeEntra entra) =>
        Assertion(FakeEntra.Fields(entra.TokenRequests.Last().Body)).Header.GetProperty("x5t#S256").GetString();

    private static string Thumbprint(X509Certificate2 certificate) => Base64Url(SHA256.HashData(certificate.RawData));

    private static bool IsSignedBy(X509Certificate2 certificate, string assertion, JsonElement header)
    {
        int end = assertion.LastIndexOf('.');
        string signature = assertion[(end + 1)..].Replace('-', '+').Replace('_', '/');
        RSASignaturePadding padding = header.GetProperty("alg").GetString() == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        using RSA key = certificate.GetRSAPublicKey()!;
        return key.VerifyData(
            System.Text.Encoding.ASCII.GetBytes(assertion[..end]),
            Convert.FromBase64String(signature.PadRight((signature.Length + 3) / 4 * 4, '=')), HashAlgorithmName.SHA256, padding);
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private string Write(X509Certificate2 certificate, string form)
    {
        string path = Path.Combine(_directory.FullName, form.Replace(' ', '-'));
        using RSA? key = certificate.GetRSAPrivateKey();
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(certificate.RawData);
        switch (form)
        {
            case "pfx":
                File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, Password));
                break;
            case "pfx without key":
                File.WriteAllBytes(path, bare.Export(X509ContentType.Pfx, Password));
                break;
            case "cer":
                File.WriteAllBytes(path, certificate.RawData);
                break;
            case "pem without key":
                File.WriteAllText(path, certificate.ExportCertificatePem());
                break;
            case "pem":
                File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key!.ExportPkcs8PrivateKeyPem());
                break;
            default:
                var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
                File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key!.ExportEncryptedPkcs8PrivateKeyPem(Password, encryption));
                break;
        }

        return path;
    }
}
