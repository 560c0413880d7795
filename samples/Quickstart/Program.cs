using AdxFlow.Quickstart;
using AdxFlow.Samples;

int exitCode = await Sample.RunAsync("Quickstart", Path.Combine("Quickstart", "quickstart.ps1"), CoreQuickstart.RunAsync);
if (exitCode == 0)
    Console.WriteLine("Next: dotnet run --project samples/Flow brings a table into Adobe Experience Platform, on the same stand-in.");
return exitCode;
