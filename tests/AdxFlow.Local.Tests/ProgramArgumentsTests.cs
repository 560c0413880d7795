namespace AdxFlow.Local.Tests;

/// <summary>The arguments of the console program.</summary>
public sealed class ProgramArgumentsTests
{
    [Fact]
    public void Without_arguments_the_port_is_free_and_nothing_is_kept()
    {
        LocalClusterOptions options = ProgramArguments.Read([])!;
        Assert.Equal((0, null, false), (options.Port, options.Path, options.SimulateBatching));
    }

    [Fact]
    public void Arguments_come_in_any_order()
    {
        LocalClusterOptions options = ProgramArguments.Read(["--path", "./adx", "--simulate-batching", "--port", "18080"])!;
        Assert.Equal((18080, "./adx", true), (options.Port, options.Path, options.SimulateBatching));
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "x")]
    [InlineData("--path")]
    [InlineData("--path", "")]
    [InlineData("18080")]
    [InlineData("--verbose")]
    public void Others_are_refused(params string[] arguments) => Assert.Null(ProgramArguments.Read(arguments));
}
