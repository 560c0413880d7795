using AdxFlow.Quickstart;

// With PowerShell the job runs through the cmdlets; they are what AdxFlow is about.
if (await PwshQuickstart.FindPowerShellAsync() is not { } version)
{
    Console.Error.WriteLine("Quickstart: there is no PowerShell 7.4 or later (pwsh) on PATH.");
    return 1;
}

Console.WriteLine($"Quickstart: PowerShell {version} is on PATH, so this is the module with its cmdlets.");
int exitCode = await PwshQuickstart.RunAsync();
Console.WriteLine(exitCode == 0 ? "Quickstart: OK" : $"Quickstart: failed with exit code {exitCode}; the reason is above.");
return exitCode;
