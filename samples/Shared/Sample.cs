namespace AdxFlow.Samples;

/// <summary>Runs a sample with PowerShell where it is there, and without it elsewhere.</summary>
internal static class Sample
{
    /// <param name="name">As its last line tells it.</param>
    /// <param name="script">The way with PowerShell: a script below the folder of the samples.</param>
    /// <param name="library">The way without it, through the library.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string name, string script, Func<Task> library)
    {
        // With PowerShell the job runs through the cmdlets; they are what AdxFlow is about.
        if (await PwshSample.FindPowerShellAsync() is { } version)
        {
            Console.WriteLine($"{name}: PowerShell {version} is on PATH, so this is the module with its cmdlets.");
            int exitCode = await PwshSample.RunAsync(script);
            Console.WriteLine(exitCode == 0 ? $"{name}: OK" : $"{name}: failed with exit code {exitCode}; the reason is above.");
            return exitCode;
        }

        Console.WriteLine($"{name}: there is no PowerShell 7.4 or later (pwsh) on PATH, so this is the library that the cmdlets are made of.");
        try
        {
            await library();
        }
        catch (Exception failure) when (failure is AdxException or InvalidOperationException or IOException)
        {
            Console.WriteLine($"{name}: failed: {failure.Message}");
            if (failure is AdxException { RecommendedAction: { } action })
                Console.WriteLine(action);
            return 1;
        }
        Console.WriteLine($"{name}: OK");
        return 0;
    }
}
