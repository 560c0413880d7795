using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Tests.Persistence;

public sealed class JournalWriterTests : IDisposable
{
    private readonly LocalFolder _folder = new();

    public JournalWriterTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_waits_for_a_flush_comes_after_it_and_not_before()
    {
        using var journal = new JournalWriter(_folder.Journal);
        int done = 0;
        journal.Append(new SnapshotRecord(0), []);
        journal.WhenFlushed(() => done++);
        Assert.Equal(0, done);
        await journal.FlushAsync();
        Assert.Equal(1, done);
        Assert.True(journal.FlushAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Everybody_who_waits_gets_a_flush_that_began_behind_their_record()
    {
        using var journal = new JournalWriter(_folder.Journal);
        int flushed = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(async () =>
        {
            bool isFlushed = false;
            journal.Append(new SnapshotRecord(n), []);
            journal.WhenFlushed(() => isFlushed = true);
            await journal.FlushAsync();
            if (isFlushed) Interlocked.Increment(ref flushed);
        })));
        Assert.Equal(200, flushed);
    }
}
