using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AdxFlow.Adx;

/// <summary>The text of a query as a deep link holds it: as it is, or base64 of gzip of it.</summary>
internal static class DeepLinkText
{
    /// <summary>How long an encoded query may be before it is compressed. Browsers and mail programs cut addresses at about 2,000.</summary>
    private const int LongestPlain = 1000;

    /// <summary>What every gzip of this kind begins with, in base64. A query that begins so could not be told from one.</summary>
    private const string GzipMark = "H4sI";

    /// <summary>Nothing that was packed into an address is larger than this, unpacked.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string query)
    {
        string plain = Uri.EscapeDataString(query);
        if (plain.Length <= LongestPlain && !query.StartsWith(GzipMark, StringComparison.Ordinal))
            return plain;

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(Encoding.UTF8.GetBytes(query));
        return Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray()));
    }

    /// <summary>The query; null where it cannot be unpacked.</summary>
    public static string? Decode(string encoded)
    {
        string text = Uri.UnescapeDataString(encoded);
        if (!text.StartsWith(GzipMark, StringComparison.Ordinal))
            return Uri.UnescapeDataString(encoded.Replace('+', ' '));

        try
        {
            // A plus that nobody escaped reads as a blank.
            byte[] packed = Convert.FromBase64String(text.Replace(' ', '+'));
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            byte[] buffer = new byte[LongestText];
            int length = gzip.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            // The reader of .NET takes one that is cut for a whole one; its last four bytes say how long it is unpacked.
            bool whole = packed.Length > 4 && BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(packed.Length - 4)) == length;
            return whole && length < buffer.Length ? Strict.GetString(buffer, 0, length) : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidDataException or DecoderFallbackException)
        {
            return null;
        }
    }
}
