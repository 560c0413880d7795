using System.Management.Automation;

namespace AdxFlow.PowerShell.Local;

/// <summary>Tells once a session that it is the stand-in that answers: nobody shall take its word for that of a cluster.</summary>
internal static class LocalNotice
{
    /// <summary>What the stand-in calls itself, in <c>.show version</c> and in the ServerVersion of a connection.</summary>
    private const string Product = "AdxFlow local stand-in";

    private static int _given;

    public static bool IsStandIn(string? serverVersion) => serverVersion?.Contains(Product, StringComparison.Ordinal) == true;

    public static void Give(Cmdlet cmdlet)
    {
        if (Interlocked.Exchange(ref _given, 1) == 0)
            cmdlet.WriteWarning("This is AdxFlow's local stand-in, no cluster. about_AdxFlow_Local tells what it has, and where it differs from the services.");
    }
}
