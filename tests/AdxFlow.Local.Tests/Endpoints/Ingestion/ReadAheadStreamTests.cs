using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class ReadAheadStreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(3_000_001)]
    public void All_bytes_come_in_order_and_then_the_end(int length)
    {
        byte[] bytes = Bytes(length);
        using var stream = new ReadAheadStream(new MemoryStream(bytes));
        var read = new MemoryStream();
        stream.CopyTo(read, 10_007);
        Assert.Equal(bytes, read.ToArray());
        Assert.Equal(0, stream.Read(new byte[1]));
    }

    [Fact]
    public void An_error_comes_behind_what_was_read_before_it_and_again()
    {
        byte[] bytes = Bytes(700_123);
        using var stream = new ReadAheadStream(new Failing(bytes));
        byte[] read = new byte[bytes.Length];
        stream.ReadExactly(read);
        Assert.Equal(bytes, read);
        Assert.Throws<InvalidDataException>(() => stream.Read(new byte[1]));
        Assert.Throws<InvalidDataException>(() => stream.Read(new byte[1]));
    }

    [Fact]
    public void It_can_be_closed_at_any_time_and_closes_the_other()
    {
        for (int i = 0; i < 200; i++)
        {
            var inner = new MemoryStream(Bytes(1_000_000));
            using (var stream = new ReadAheadStream(inner))
                stream.ReadAtLeast(new byte[400_000], i * 2000, throwOnEndOfStream: false);
            Assert.False(inner.CanRead);
        }
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Fails where it should end.</summary>
    private sealed class Failing(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position < Length ? base.Read(buffer, offset, Math.Min(count, 5000)) : throw new InvalidDataException("spoilt");
    }
}
