namespace AdxFlow.Auth;

/// <summary>How a host name is compared: case-insensitively, as a whole, or by an end that starts at a dot.</summary>
internal static class HostRule
{
    public static bool Matches(string host, IReadOnlyList<string> suffixes, IReadOnlyList<string> hosts)
    {
        foreach (string exact in hosts)
        {
            if (host.Equals(exact, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        foreach (string suffix in suffixes)
        {
            // A host that is nothing but the suffix has an empty first label and is none.
            if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
