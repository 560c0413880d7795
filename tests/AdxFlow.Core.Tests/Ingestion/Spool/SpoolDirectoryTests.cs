using System.IO.Compression;
using AdxFlow.Ingestion.Spool;

namespace AdxFlow.Core.Tests.Ingestion.Spool;

/// <summary>What is on disk, and what of it counts after whatever has happened to it.</summary>
public sealed class SpoolDirectoryTests
{
    /// <summary>A runbook begins while a monitor looks: that one looks must not pass for use.</summary>
    [Fact]
    public async Task Looking_whether_a_spool_is_in_use_keeps_nobody_from_opening_it()
    {
        using var place = new SpoolPlace();
        place.Open().Dispose();
        using var end = new CancellationTokenSource();
        Task[] looks = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
                SpoolDirectory.IsInUse(place.Ingestion);
        }, TestContext.Current.CancellationToken))];
        for (int opening = 0; opening < 200; opening++)
            place.Open().Dispose();
        await end.CancelAsync();
        await Task.WhenAll(looks);
        Assert.False(SpoolDirectory.IsInUse(place.Ingestion));
        using (place.Open())
            Assert.True(SpoolDirectory.IsInUse(place.Ingestion));
    }

    private const int RowsInFrame = 3;

    [Fact]
    public async Task A_batch_cut_at_any_byte_holds_its_whole_frames_and_no_more()
    {
        using var place = new SpoolPlace();
        var ends = new List<long>();
        using (SpoolDirectory spool = place.Open())
        using (SpoolBatchWriter batch = spool.OpenBatch("[]", CompressionLevel.Fastest))
        {
            ends.Add(batch.Bytes);
            for (int frame = 0; frame < 6; frame++)
            {
                SpoolPlace.Write(batch, 1, RowsInFrame);
                ends.Add(batch.Bytes);
            }
        }
        string file = SpoolBatchFile.PathOf(place.Ingestion, 1);
        byte[] whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(ends[^1], whole.Length);
        for (int length = 0; length <= whole.Length; length++)
        {
            using SpoolPlace cut = place.Copy();
            await File.WriteAllBytesAsync(SpoolBatchFile.PathOf(cut.Ingestion, 1), whole[..length], TestContext.Current.CancellationToken);
            long rows = Math.Max(0, ends.FindLastIndex(end => end <= length)) * RowsInFrame;
            Assert.Equal(rows, SpoolReader.Read(cut.Ingestion).Rows);
            using SpoolDirectory spool = cut.Open();
            Assert.Equal(rows, spool.Position);
            IReadOnlyList<SpoolRecord> records = spool.Records(AdxSpoolBatchState.Sealed);
            Assert.Equal(rows, records.Sum(static record => record.Rows));
            Assert.Equal(SpoolPlace.Rows(rows), records.Count == 0 ? "" : await SpoolPlace.TextAsync(spool, records[0]));
            Assert.Equal(records.Sum(static record => record.RawBytes), SpoolPlace.Rows(rows).Length);

            // And it goes on from there.
            using SpoolBatchWriter next = spool.OpenBatch("[]", CompressionLevel.Fastest);
            SpoolPlace.Write(next, 1, 1);
            Assert.Equal(rows + 1, spool.Seal(next).Position);
        }
    }

    [Fact]
    public void A_journal_cut_at_any_byte_of_its_last_entry_tells_the_one_before()
    {
        using var place = new SpoolPlace();
        string journal = Path.Combine(place.Ingestion, SpoolJournal.FileName);
        long before;
        using (SpoolDirectory spool = place.Open())
        {
            Seal(spool, 2);
            SpoolRecord second = Seal(spool, 2);
            before = new FileInfo(journal).Length;
            spool.Note(second with { State = AdxSpoolBatchState.Queued, OperationId = "o" });
        }
        byte[] whole = File.ReadAllBytes(journal);
        for (long length = 0; length <= whole.Length; length++)
        {
            using SpoolPlace cut = place.Copy();
            File.WriteAllBytes(Path.Combine(cut.Ingestion, SpoolJournal.FileName), whole[..(int)length]);
            using SpoolDirectory spool = cut.Open();
            // The files of the batches say of themselves that they are whole.
            Assert.Equal(12, spool.Position);
            Assert.Equal(2, spool.Records(AdxSpoolBatchState.Sealed, AdxSpoolBatchState.Queued).Count);
            if (length >= before)
                Assert.Equal(length == whole.Length ? AdxSpoolBatchState.Queued : AdxSpoolBatchState.Sealed, spool.Records()[1].State);
        }
    }

    [Fact]
    public async Task A_bit_that_flipped_in_a_whole_batch_is_found_before_the_batch_is_sent()
    {
        using var place = new SpoolPlace();
        using SpoolDirectory spool = place.Open();
        SpoolRecord record = Seal(spool, 4);
        string file = SpoolBatchFile.PathOf(place.Ingestion, 1);
        byte[] whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);
            AdxException failure = await Assert.ThrowsAsync<AdxException>(() => SpoolPlace.TextAsync(spool, record));
            Assert.Equal("AdxSpoolDamaged", failure.ErrorId);
        }
    }

    [Fact]
    public void A_bit_that_flipped_in_the_journal_makes_nothing_up_and_forgets_no_row()
    {
        using var place = new SpoolPlace();
        using (SpoolDirectory spool = place.Open())
        {
            for (int batch = 0; batch < 3; batch++)
                spool.Note(Seal(spool, 1) with { State = AdxSpoolBatchState.Confirmed });
        }
        byte[] whole = File.ReadAllBytes(Path.Combine(place.Ingestion, SpoolJournal.FileName));
        int damages = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            using SpoolPlace flipped = place.Copy();
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(Path.Combine(flipped.Ingestion, SpoolJournal.FileName), damaged);
            try
            {
                using SpoolDirectory spool = flipped.Open();
                Assert.Equal(9, spool.Position);
            }
            catch (AdxException failure)
            {
                Assert.Equal("AdxSpoolDamaged", failure.ErrorId);
                damages++;
            }
        }
        Assert.InRange(damages, whole.Length / 2, whole.Length - 1);
    }

    [Fact]
    public void Only_one_holds_a_spool_at_a_time()
    {
        using var place = new SpoolPlace();
        using (SpoolDirectory first = place.Open())
        {
            Assert.Equal("AdxSpoolInUse", Assert.Throws<AdxException>(place.Open).ErrorId);
            Assert.Equal("AdxSpoolInUse", Assert.Throws<AdxException>(() => AdxSpools.Remove(place.Ingestion)).ErrorId);
            Assert.True(AdxSpools.Read(place.Ingestion).IsInUse);
            // Who looks while another writes sees what is whole.
            SpoolPlace.Write(first.OpenBatch("[]", CompressionLevel.Fastest), 2, RowsInFrame);
            AdxSpool seen = AdxSpools.Read(place.Ingestion);
            Assert.Equal((6, 1), (seen.Rows, seen.OpenBatches));
        }
        Assert.False(AdxSpools.Read(place.Ingestion).IsInUse);
        place.Open().Dispose();
        AdxSpools.Remove(place.Ingestion);
        Assert.False(Directory.Exists(place.Ingestion));
    }

    [Fact]
    public void A_spool_of_a_newer_version_is_left_alone()
    {
        using var place = new SpoolPlace();
        place.Open().Dispose();
        string manifest = Path.Combine(place.Ingestion, SpoolManifest.FileName);
        File.WriteAllText(manifest, """{"version":2,"whatever":[1]}""");
        foreach (Action attempt in (Action[])[() => place.Open(), () => AdxSpools.Read(place.Ingestion), () => AdxSpools.Remove(place.Ingestion)])
            Assert.Equal("AdxSpoolVersion", Assert.Throws<AdxException>(attempt).ErrorId);
        Assert.Equal("""{"version":2,"whatever":[1]}""", File.ReadAllText(manifest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":"1"}""")]
    [InlineData("""{"version":1}""")]
    public void A_manifest_that_is_none_is_told_and_can_be_dropped(string text)
    {
        using var place = new SpoolPlace();
        place.Open().Dispose();
        File.WriteAllText(Path.Combine(place.Ingestion, SpoolManifest.FileName), text);
        Assert.Equal("AdxSpoolDamaged", Assert.Throws<AdxException>(place.Open).ErrorId);
        AdxSpools.Remove(place.Ingestion);
        Assert.False(Directory.Exists(place.Ingestion));
    }

    [Fact]
    public void Files_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }
        using var place = new SpoolPlace();
        using SpoolDirectory spool = place.Open();
        Seal(spool, 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(place.Ingestion));
        string[] files = Directory.GetFiles(place.Ingestion);
        Assert.Equal(4, files.Length);
        foreach (string file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        if (!File.Exists("/dev/full"))
            Assert.Skip("The machine has no /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        AdxException failure = SpoolErrors.From(Assert.ThrowsAny<IOException>(() => full.Write([1])), "p");
        Assert.Equal(("AdxSpoolFull", AdxErrorKind.LimitExceeded), (failure.ErrorId, failure.Kind));
    }

    private static SpoolRecord Seal(SpoolDirectory spool, int frames)
    {
        using SpoolBatchWriter batch = spool.OpenBatch("[]", CompressionLevel.Fastest);
        SpoolPlace.Write(batch, frames, RowsInFrame);
        return spool.Seal(batch);
    }
}
