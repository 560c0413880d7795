using AdxFlow.Samples;
using AdxFlow.Samples.Dataflows;

return await Sample.RunAsync("Flow", Path.Combine("Flow", "flow.ps1"), LibraryFlow.RunAsync);
