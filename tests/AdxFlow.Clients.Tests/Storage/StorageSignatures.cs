using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>
/// Shared access signatures with the key that every emulator of storage has.
/// Source: https://learn.microsoft.com/rest/api/storageservices/create-account-sas and create-service-sas.
/// </summary>
internal static class StorageSignatures
{
    public const string Account = "devstoreaccount1";

    private const string Version = "2023-11-03";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Every right to everything: a test's own, never lent.</summary>
    public static string OfAccount()
    {
        string end = Time(DateTimeOffset.UtcNow.AddHours(1));
        string signature = Sign(Account, "rwdlacup", "bqt", "sco", "", end, "", "", Version, "", "");
        return $"sv={Version}&ss=bqt&srt=sco&sp=rwdlacup&se={Uri.EscapeDataString(end)}&sig={Uri.EscapeDataString(signature)}";
    }

    public static string OfContainer(string name, string rights, DateTimeOffset until)
    {
        string end = Time(until);
        string signature = Sign(rights, "", end, $"/blob/{Account}/{name}", "", "", "", Version, "c", "", "", "", "", "", "", "");
        return $"sv={Version}&sr=c&sp={rights}&se={Uri.EscapeDataString(end)}&sig={Uri.EscapeDataString(signature)}";
    }

    public static string OfQueue(string name, string rights, DateTimeOffset until)
    {
        string end = Time(until);
        string signature = Sign(rights, "", end, $"/queue/{Account}/{name}", "", "", "", Version);
        return $"sv={Version}&sp={rights}&se={Uri.EscapeDataString(end)}&sig={Uri.EscapeDataString(signature)}";
    }

    public static string OfTable(string name, string rights, DateTimeOffset until)
    {
        string end = Time(until);
        string signature = Sign(rights, "", end, $"/table/{Account}/{name.ToLowerInvariant()}", "", "", "", Version, "", "", "", "");
        return $"sv={Version}&tn={name}&sp={rights}&se={Uri.EscapeDataString(end)}&sig={Uri.EscapeDataString(signature)}";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Sign(params string[] fields) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(string.Join('\n', fields))));
}
