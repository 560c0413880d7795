namespace AdxFlow.Adx;

/// <summary>The texts of the commands that look who is at the other end. Source: <see href="https://learn.microsoft.com/kusto/management/"/>.</summary>
internal static class ConnectionCommands
{
    public const string ShowVersion = ".show version";
}
