using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Local.Persistence;
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
    public async Task Blocks_that_are_missing_or_were_changed_are_told()
    {
        using (LocalCluster cluster = _folder.Start())
        using (var client = new LocalClient(cluster))
            await client.UploadAsync("a.csv", "1\n2"u8.ToArray());
        string file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "blobs")));
        await File.WriteAllBytesAsync(file, "1\n3"u8.ToArray(), TestContext.Current.CancellationToken);
        RefusedAsItIs(LocalPathProblem.Damaged, Path.GetFileName(file));
        File.Delete(file);
        RefusedAsItIs(LocalPathProblem.Damaged, Path.GetFileName(file));
    }

    [Fact]
    public async Task A_write_of_which_a_loss_of_power_left_zeros_is_cut_off()
    {
        await FillAsync(3);
        byte[] whole = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        byte[] frame = new byte[5000];
        frame.AsSpan().Fill((byte)'x');
        JournalFrame.Write(frame, 10);
        int sector = 512 - (whole.Length % 512);
        foreach (int from in (int[])[0, sector, sector + 512, sector + 1024])
        {
            byte[] torn = [.. frame];
            torn.AsSpan(from).Clear();
            await File.WriteAllBytesAsync(_folder.Journal, [.. whole, .. torn, .. new byte[700]], TestContext.Current.CancellationToken);
            Assert.Equal(3, await CountAsync());
            await File.WriteAllBytesAsync(_folder.Journal, [.. whole, .. torn, 1], TestContext.Current.CancellationToken);
            RefusedAsItIs(LocalPathProblem.Damaged, "was changed at byte");
        }
    }

    [Fact]
    public async Task A_file_of_the_folder_itself_that_is_missing_or_ends_early_is_told()
    {
        await FillAsync(3);
        using (_folder.Start())
        {
            // Its journal is a snapshot from here on.
        }

        byte[] whole = await File.ReadAllBytesAsync(_folder.Journal, TestContext.Current.CancellationToken);
        foreach (int length in (int[])[0, 10, 100, whole.Length / 2, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(_folder.Journal, whole[..length], TestContext.Current.CancellationToken);
            RefusedAsItIs(LocalPathProblem.Damaged, "ends too early");
        }

        File.Delete(_folder.Journal);
        RefusedAsItIs(LocalPathProblem.Damaged, "is missing");
        await File.WriteAllBytesAsync(_folder.Journal, whole, TestContext.Current.CancellationToken);
        byte[] manifest = await File.ReadAllBytesAsync(_folder.Manifest, TestContext.Current.CancellationToken);
        File.Delete(_folder.Manifest);
        RefusedAsItIs(LocalPathProblem.Damaged, "'adxflow-local.json' is missing");
        int key = manifest.AsSpan().IndexOf("IdentityKey"u8) + 20;
        manifest[key] ^= 1;
        await File.WriteAllBytesAsync(_folder.Manifest, manifest, TestContext.Current.CancellationToken);
        RefusedAsItIs(LocalPathProblem.Damaged, "'adxflow-local.json' cannot be read");
        manifest[key] ^= 1;
        await File.WriteAllBytesAsync(_folder.Manifest, manifest, TestContext.Current.CancellationToken);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task A_first_start_that_was_killed_leaves_a_folder_that_can_be_used()
    {
        using (_folder.Start())
        {
            // All of it is there then.
        }

        File.Move(_folder.Manifest, _folder.Manifest + ".new");
        await FillAsync(2);
        Assert.Equal(2, await CountAsync());
        Assert.False(File.Exists(_folder.Manifest + ".new"));
    }

    [Fact]
    public async Task A_folder_of_form_1_opens_and_becomes_one_of_this_form()
    {
        using (Stream zip = typeof(FolderTests).Assembly.GetManifestResourceStream("form-1.zip")!)
            ZipFile.ExtractToDirectory(zip, _folder.Path);
        var extents = new List<string>();
        for (int start = 0; start < 2; start++)
        {
            // Its one queued blob was signed for 30 days.
            using LocalCluster cluster = LocalCluster.Start(new LocalClusterOptions { Path = _folder.Path, Clock = new FixedClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)) });
            using var client = new LocalClient(cluster);
            await client.WaitAsync("T", "30ba9ced2a9743e3b83ee287ff3be4c7;ee3f1f7d-4006-4746-9034-aff8e89f82ee");
            Assert.Equal(["one", "three", "two"], (await client.QueryAsync("T | sort by s asc")).Select(r => r["s"].GetString()));
            Assert.Equal(5000, (await client.QueryAsync("Many | count"))[0]["Count"].GetInt64());
            Assert.Equal("M", Assert.Single(await client.RunAsync(".show table T ingestion mappings"))["Name"].GetString());
            extents.Add(string.Join('\n', (await client.RunAsync(".show database extents")).Select(e => $"{e["ExtentId"]} {e["RowCount"]} {e["MaxCreatedOn"]}")));
            string blob = (await client.BlobAddressAsync("open.csv")).Replace("ingestdata-0", "ingestdata-1", StringComparison.Ordinal);
            using HttpResponseMessage list = await client.SendAsync(HttpMethod.Put, blob + "&comp=blocklist", new StringContent("<BlockList><Latest>QQ==</Latest></BlockList>"));
            Assert.True(list.IsSuccessStatusCode);
        }

        // Form 1 knew no ids of extents; those that they were given stay.
        Assert.DoesNotContain(Guid.Empty.ToString(), extents[0], StringComparison.Ordinal);
        Assert.Equal(extents[0], extents[1]);
        JsonNode manifest = JsonNode.Parse(await File.ReadAllTextAsync(_folder.Manifest, TestContext.Current.CancellationToken))!;
        Assert.Equal(FolderManifest.CurrentFormat, manifest["Format"]!.GetValue<int>());
    }

    [Fact]
    public async Task Rights_to_storage_of_others_are_not_in_the_folder()
    {
        using (LocalCluster cluster = _folder.Start())
        using (var client = new LocalClient(cluster))
        {
            await client.RunAsync(".create table T (n:long)");
            foreach (string url in (string[])["https://contoso.blob.core.windows.net/c/a.csv?sp=r&sig=s3cret-signature", "https://contoso.blob.core.windows.net/c/b.csv;s3cret-key"])
            {
                using HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true }, url);
                string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                await client.WaitAsync("T", JsonNode.Parse(body)!["ingestionOperationId"]!.GetValue<string>());
            }
        }

        Assert.Contains("contoso.blob.core.windows.net/c/b.csv", Encoding.Latin1.GetString(_folder.Files["journal"]), StringComparison.Ordinal);
        Assert.All(_folder.Files.Values, content => Assert.DoesNotContain("s3cret", Encoding.Latin1.GetString(content), StringComparison.Ordinal));
    }

    [Fact]
    public void Only_their_owner_may_read_the_files_though_the_folder_was_there_before()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        Directory.CreateDirectory(_folder.Path);
        using (_folder.Start())
        {
            // They are made at the start.
        }

        foreach (string file in (string[])[_folder.Manifest, _folder.Journal])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_second_process_does_not_get_the_folder_and_one_that_was_killed_does_not_keep_it()
    {
        using LocalProgram first = await LocalProgram.StartAsync(["--path", _folder.Path]);
        await first.Client.RunAsync(".set T <| print n=1");
        (int exitCode, string error) = await LocalProgram.FailAsync(["--path", _folder.Path]);
        Assert.Equal(1, exitCode);
        Assert.Equal($"Another stand-in has the folder '{_folder.Path}'.", error.Trim());
        Assert.Equal(LocalPathProblem.InUse, Refusal());
        await first.Client.RunAsync(".set-or-append T <| print n=2");
        await first.KillAsync();
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_lock_that_cannot_be_written_is_told_as_that()
    {
        await FillAsync(1);
        string held = Path.Combine(_folder.Path, "lock");
        File.Delete(held);
        Directory.CreateDirectory(held);
        RefusedAsItIs(LocalPathProblem.Unusable, held);
        Directory.Delete(held);
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) return;
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        RefusedAsItIs(LocalPathProblem.Unusable, held);
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
        json["Format"] = FolderManifest.CurrentFormat + 1;
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
            File.Delete(_folder.Journal);
            File.Move(outside, _folder.Journal);

            // Nor is anything written through one.
            await File.WriteAllTextAsync(outside, "mine", TestContext.Current.CancellationToken);
            File.CreateSymbolicLink(Path.Combine(_folder.Path, "journal.new"), outside);
            Assert.Equal(1, await CountAsync());
            Assert.Equal("mine", await File.ReadAllTextAsync(outside, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(outside);
        }
    }

    private LocalPathProblem Refusal() => Assert.Throws<LocalPathException>(() => _folder.Start().Dispose()).Problem;

    private void RefusedAsItIs(LocalPathProblem problem, string why)
    {
        SortedDictionary<string, byte[]> before = _folder.Files;
        LocalPathException refusal = Assert.Throws<LocalPathException>(() => _folder.Start().Dispose());
        Assert.Equal(problem, refusal.Problem);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files);
    }

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

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
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
