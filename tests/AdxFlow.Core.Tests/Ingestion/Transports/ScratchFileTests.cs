using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion.Transports;

public sealed class ScratchFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("adxflow-test-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Its_room_is_used_anew_once_nothing_in_it_is_wanted()
    {
        using var file = new ScratchFile(_directory);
        for (int round = 0; round < 3; round++)
        {
            await using var first = new ScratchContent(file);
            await using var second = new ScratchContent(file);
            await first.WriteAsync("abc"u8.ToArray(), Stop);
            await second.WriteAsync("de"u8.ToArray(), Stop);
            await first.WriteAsync("f"u8.ToArray(), Stop);
            Assert.Equal("abcf"u8.ToArray(), (await first.ReadAsync(Stop)).ToArray());
            await first.DisposeAsync();
            // As long as one is wanted, nothing is written over it.
            Assert.Equal(6, await file.WriteAsync("x"u8.ToArray(), Stop));
            file.Free(1);
            Assert.Equal("de"u8.ToArray(), (await second.ReadAsync(Stop)).ToArray());
        }
        Assert.Equal(0, await file.WriteAsync("x"u8.ToArray(), Stop));
    }

    [Fact]
    public async Task Nothing_is_left_of_it_though_the_process_be_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows a file that is open has a name; the system deletes it with the process.");
        using var file = new ScratchFile(_directory);
        await file.WriteAsync("abc"u8.ToArray(), Stop);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }
}
