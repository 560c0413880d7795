namespace AdxFlow.Core.Tests.Auth.SignIn;

/// <summary>Tests that set variables of the process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentCollection
{
    public const string Name = "Environment variables";
}
