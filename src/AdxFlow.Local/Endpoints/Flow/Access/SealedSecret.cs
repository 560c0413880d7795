using System.Globalization;
using System.Security.Cryptography;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>What is kept of a secret: enough to tell whether another is the same, and no way back to it.</summary>
internal static class SealedSecret
{
    private const int Iterations = 100_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>The number of rounds, the salt and the hash (PBKDF2 with SHA-256), as text.</summary>
    public static string Seal(string secret)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Iterations}.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Hash(secret, salt, Iterations))}");
    }

    public static bool Fits(string sealedSecret, string secret)
    {
        string[] parts = sealedSecret.Split('.');
        return CryptographicOperations.FixedTimeEquals(
            Convert.FromBase64String(parts[2]), Hash(secret, Convert.FromBase64String(parts[1]), int.Parse(parts[0], CultureInfo.InvariantCulture)));
    }

    private static byte[] Hash(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
