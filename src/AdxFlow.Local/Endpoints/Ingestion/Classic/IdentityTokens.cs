using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Ingestion.Classic;

/// <summary>Identity tokens, which tell in an ingestion message on whose behalf it was sent: the caller, signed.</summary>
/// <remarks>Source: Microsoft Learn, "How to ingest data with the REST API".</remarks>
internal sealed class IdentityTokens(byte[]? key = null)
{
    private readonly byte[] _key = key ?? RandomNumberGenerator.GetBytes(32);

    public string Issue(Caller caller)
    {
        byte[] claims = JsonSerializer.SerializeToUtf8Bytes(new Claims(
            caller.IsAdministrator, caller.Kind, caller.ApplicationId, caller.ObjectId, caller.TenantId, caller.UserPrincipalName, [.. caller.Groups]));
        return $"{Convert.ToBase64String(claims)}.{Convert.ToBase64String(HMACSHA256.HashData(_key, claims))}";
    }

    /// <summary>The caller to whom a token was issued; null where it was not issued here.</summary>
    public Caller? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 2 || Decode(parts[0]) is not { } claims || Decode(parts[1]) is not { } signature) return null;
        if (!CryptographicOperations.FixedTimeEquals(signature, HMACSHA256.HashData(_key, claims))) return null;
        Claims read = JsonSerializer.Deserialize<Claims>(claims)!;
        return new Caller
        {
            IsAdministrator = read.IsAdministrator,
            Kind = read.Kind,
            ApplicationId = read.ApplicationId,
            ObjectId = read.ObjectId,
            TenantId = read.TenantId,
            UserPrincipalName = read.UserPrincipalName,
            Groups = read.Groups,
        };
    }

    private static byte[]? Decode(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }

    private sealed record Claims(bool IsAdministrator, PrincipalKind Kind, string ApplicationId, string ObjectId, string TenantId, string UserPrincipalName, string[] Groups);
}
