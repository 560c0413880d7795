using System.Net;

namespace AdxFlow.Auth;

/// <summary>Tells this machine from every other one, by the exact name or address and by nothing that only looks like it.</summary>
public static class LoopbackHost
{
    /// <summary>
    /// True for <c>localhost</c>, <c>127.0.0.0/8</c> and <c>[::1]</c>.
    /// <c>localhostess</c>, <c>127.0.0.1.example.com</c> and <c>localhost.example.com</c> are other machines.
    /// </summary>
    /// <param name="uri">An absolute address.</param>
    /// <returns>Whether its host is this machine.</returns>
    public static bool IsLoopback(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri)
            return false;

        return uri.HostNameType switch
        {
            UriHostNameType.Dns => uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase),
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address),
            _ => false,
        };
    }
}
