namespace AdxFlow.Auth;

/// <summary>Whether somebody is there who can answer: asked before a browser is opened or a code is shown.</summary>
internal sealed record HostSession
{
    /// <summary>The name of PowerShell's host.</summary>
    public required string HostName { get; init; }

    /// <summary>How the process was started, without its own name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The variables of the process.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>False for a service of Windows.</summary>
    public required bool HasDesktop { get; init; }

    /// <summary>Whether a browser needs a display server that a variable names.</summary>
    public required bool NeedsDisplay { get; init; }

    /// <summary>This process, in that host.</summary>
    public static HostSession Of(string hostName) => new()
    {
        HostName = hostName,
        Arguments = Environment.GetCommandLineArgs()[1..],
        Variable = Environment.GetEnvironmentVariable,
        HasDesktop = Environment.UserInteractive,
        NeedsDisplay = OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD(),
    };

    /// <summary>True where somebody may read what is shown: not with -NonInteractive, not in a service, not in an Automation job.</summary>
    public bool HasReader => HasDesktop && !IsNonInteractive && !Has("AUTOMATION_ASSET_ACCOUNTID");

    /// <summary>True where a browser can be opened on this machine for whoever sits before it: not in a job either, and not over SSH.</summary>
    public bool HasBrowser => HasReader && !IsBackground && !Has("SSH_CONNECTION") && (!NeedsDisplay || Has("DISPLAY") || Has("WAYLAND_DISPLAY") || Has("WSL_DISTRO_NAME"));

    /// <summary>Start-Job, remoting and thread jobs have hosts of their own.</summary>
    private bool IsBackground => HostName is "ServerRemoteHost" or "Default Host";

    private bool IsNonInteractive
    {
        get
        {
            foreach (string argument in Arguments)
            {
                string name = argument.TrimStart('-', '/');
                if (name.Length == argument.Length)
                    continue;
                // PowerShell takes each of its parameters by any beginning that is of no other one.
                if (IsShortFor(name, "NonInteractive", 4))
                    return true;
                // What follows is the script's.
                if (IsShortFor(name, "Command", 1) || IsShortFor(name, "File", 1) || IsShortFor(name, "EncodedCommand", 1) || name.ToLowerInvariant() is "ec" or "cwa" or "commandwithargs")
                    return false;
            }

            return false;
        }
    }

    private static bool IsShortFor(string name, string parameter, int shortest) =>
        name.Length >= shortest && parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private bool Has(string name) => Variable(name) is { Length: > 0 };
}
