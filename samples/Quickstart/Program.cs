using AdxFlow;
using AdxFlow.Quickstart;

// With PowerShell the job runs through the cmdlets; they are what AdxFlow is about.
if (await PwshQuickstart.FindPowerShellAsync() is { } version)
{
    Console.WriteLine($"Quickstart: PowerShell {version} is on PATH, so this is the module with its cmdlets.");
    int exitCode = await PwshQuickstart.RunAsync();
    Console.WriteLine(exitCode == 0 ? "Quickstart: OK" : $"Quickstart: failed with exit code {exitCode}; the reason is above.");
    return exitCode;
}

Console.WriteLine("Quickstart: there is no PowerShell 7.4 or later (pwsh) on PATH, so this is the library that the cmdlets are made of.");
try
{
    await CoreQuickstart.RunAsync();
}
catch (Exception failure) when (failure is AdxException or InvalidOperationException or IOException)
{
    Console.WriteLine($"Quickstart: failed: {failure.Message}");
    if (failure is AdxException { RecommendedAction: { } action })
        Console.WriteLine(action);
    return 1;
}
Console.WriteLine("Quickstart: OK");
return 0;
