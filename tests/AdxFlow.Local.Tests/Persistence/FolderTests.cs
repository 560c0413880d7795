using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>Folders that a stand-in takes, and those that it refuses.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_write_that_was_torn_is_cut_off_and_what_came_before_is_there()
    {
        await FillAsync(3);
        byte[] whole = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        await FillAsync(1);
        byte[] more = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        int last = LastFrame(more);
        foreach (int length in (int[])[last + 1, last + 15, last + 16, last + 17, more.Length - 1])
        {
            await File.WriteAllBytesAsync(_folder.Journal, more[..length], TestContext.Current.CancellationToken);
            Assert.InRange(await CountAsync(), 3, 4);
        }

        await File.WriteAllBytesAsync(_folder.Journal, [.. whole, .. new byte[500]], TestContext.Current.CancellationToken);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task A_journal_that_was_changed_in_its_middle_is_refused_wherever_it_was()
    {
        await FillAsync(3);
        byte[] whole = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        int last = LastFrame(whole);
        var random = new Random(20_261_122);
        for (int i = 0; i < 200; i++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(last)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(_folder.Journal, changed, TestContext.Current.CancellationToken);
            Assert.Equal(LocalPathProblem.Damaged, Refusal());
        }

        await File.WriteAllBytesAsync(_folder.Journal, whole, TestContext.Current.CancellationToken);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Rows_that_are_missing_or_were_changed_are_told()
    {
        using (LocalCluster cluster = _folder.Start())
        using (var client = new LocalClient(cluster))
            await client.RunAsync(".set T <| range n from 1 to 10000 step 1");
        string file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "rows")));
        byte[] rows = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        byte[] changed = [.. rows];
        changed[^3] ^= 4;
        await File.WriteAllBytesAsync(file, changed, TestContext.Current.CancellationToken);
        Assert.Equal(LocalPathProblem.Damaged, Refusal());
        await File.WriteAllBytesAsync(file, rows[..^5], TestContext.Current.CancellationToken);
        Assert.Equal(LocalPathProblem.Damaged, Refusal());
        File.Delete(file);
        Assert.Equal(LocalPathProblem.Damaged, Refusal());
    }

    [Fact]
    public void A_second_stand_in_does_not_get_the_folder_of_one_that_runs()
    {
        using (_folder.Start())
        {
            Assert.Equal(LocalPathProblem.InUse, Refusal());
        }

        using LocalCluster next = _folder.Start();
        Assert.Equal(Path.GetFullPath(_folder.Path), next.Path);
    }

    [Fact]
    public async Task A_folder_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await FillAsync(1);
        string manifest = Path.Combine(_folder.Path, "adxflow-local.json");
        JsonNode json = JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!;
        json["Format"] = 3;
        await File.WriteAllTextAsync(manifest, json.ToJsonString(), TestContext.Current.CancellationToken);
        byte[] journal = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        Assert.Equal(LocalPathProblem.Newer, Refusal());
        Assert.Equal(journal, await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken));
        json["Format"] = "one";
        await File.WriteAllTextAsync(manifest, json.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.Equal(LocalPathProblem.Damaged, Refusal());
    }

    [Fact]
    public void A_folder_of_somebody_else_and_a_file_are_refused()
    {
        Directory.CreateDirectory(_folder.Path);
        string file = Path.Combine(_folder.Path, "notes.txt");
        File.WriteAllText(file, "mine");
        Assert.Equal(LocalPathProblem.NotOfStandIn, Refusal());
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.Equal(LocalPathProblem.Unusable, Assert.Throws<LocalPathException>(() => LocalCluster.Start(new LocalClusterOptions { Path = file })).Problem);
    }

    [Fact]
    public async Task Links_out_of_the_folder_are_not_followed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Making a link needs a privilege on Windows.");
        await FillAsync(1);
        string outside = _folder.Path + ".outside";
        File.Move(_folder.Journal, outside);
        try
        {
            File.CreateSymbolicLink(_folder.Journal, outside);
            Assert.Equal(LocalPathProblem.Damaged, Refusal());
        }
        finally
        {
            File.Delete(outside);
        }
    }

    private LocalPathProblem Refusal() => Assert.Throws<LocalPathException>(() => _folder.Start().Dispose()).Problem;

    private async Task FillAsync(int rows)
    {
        using LocalCluster cluster = _folder.Start();
        using var client = new LocalClient(cluster);
        await client.RunAsync(".create table T (n:long)");
        for (int i = 0; i < rows; i++)
            await client.RunAsync(".set-or-append T <| print n=1");
    }

    private async Task<long> CountAsync()
    {
        using LocalCluster cluster = _folder.Start();
        using var client = new LocalClient(cluster);
        return (await client.QueryAsync("T | count"))[0]["Count"].GetInt64();
    }

    /// <summary>Where the last frame begins: a frame is 16 bytes, the first four of which tell how many follow.</summary>
    private static int LastFrame(byte[] journal)
    {
        int at = 0;
        while (true)
        {
            int next = at + 16 + BitConverter.ToInt32(journal, at);
            if (next >= journal.Length) return at;
            at = next;
        }
    }
}
