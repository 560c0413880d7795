using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using AdxFlow.Ingestion.Files.Compression;

namespace AdxFlow.Core.Tests.Ingestion.Files.Compression;

public sealed class ParallelGzipTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, CompressionLevel.Fastest)]
    [InlineData(1, CompressionLevel.Fastest)]
    [InlineData(ParallelGzip.PieceSize, CompressionLevel.Fastest)]
    [InlineData(ParallelGzip.PieceSize + 1, CompressionLevel.Optimal)]
    [InlineData(5_000_000, CompressionLevel.Fastest)]
    [InlineData(5_000_000, CompressionLevel.SmallestSize)]
    [InlineData(5_000_000, CompressionLevel.NoCompression)]
    public async Task It_makes_one_member_that_unpacks_to_what_went_in(int length, CompressionLevel level)
    {
        byte[] raw = Content(length);
        byte[] packed = await CompressAsync(raw, level);
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            await gzip.CopyToAsync(unpacked, Stop);
        Assert.Equal(raw, unpacked.ToArray());
        Assert.Equal((uint)length, BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 4)));
        Assert.Equal(Checksum(raw), BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 8)));
    }

    /// <summary>The runtime does not look at check sums; gzip itself does, and tells further members.</summary>
    [Fact]
    public async Task Gzip_itself_takes_it_for_sound()
    {
        string path = Path.GetTempFileName() + ".gz";
        await File.WriteAllBytesAsync(path, await CompressAsync(Content(3_000_000), CompressionLevel.Fastest), Stop);
        try
        {
            using var test = Process.Start(new ProcessStartInfo("gzip", ["-t", path]) { RedirectStandardError = true });
            await test!.WaitForExitAsync(Stop);
            Assert.Equal((0, ""), (test.ExitCode, await test.StandardError.ReadToEndAsync(Stop)));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("This machine has no gzip.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_failing_target_ends_the_writing_and_the_end()
    {
        await using var gzip = new ParallelGzip(new FullStream(), CompressionLevel.Fastest, 2, Stop);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (int i = 0; i < 20; i++)
                await gzip.WriteAsync(new byte[ParallelGzip.PieceSize]).AsTask().EndsAsync();
        });
        await Assert.ThrowsAsync<IOException>(() => gzip.CompleteAsync().EndsAsync());
    }

    private static async Task<byte[]> CompressAsync(byte[] raw, CompressionLevel level)
    {
        using var target = new MemoryStream();
        await using var gzip = new ParallelGzip(target, level, 4, Stop);
        for (int start = 0; start < raw.Length; start += 333_333)
            await gzip.WriteAsync(raw.AsMemory(start, Math.Min(333_333, raw.Length - start)));
        await gzip.CompleteAsync();
        return target.ToArray();
    }

    private static byte[] Content(int length)
    {
        var random = new Random(length);
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++)
            content[i] = (byte)"abcdefgh,\n"[random.Next(10)];
        return content;
    }

    /// <summary>The check sum that the runtime writes for the same bytes in one go; RFC 1952 gives 0 for nothing.</summary>
    private static uint Checksum(byte[] raw)
    {
        if (raw.Length == 0)
            return 0;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(raw);
        return BinaryPrimitives.ReadUInt32LittleEndian(packed.ToArray().AsSpan((int)packed.Length - 8));
    }

    private sealed class FullStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException(new IOException("full"));
    }
}
