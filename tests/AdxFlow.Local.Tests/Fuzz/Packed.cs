using System.IO.Compression;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Data in the two ways in which it may come compressed.</summary>
internal static class Packed
{
    public static byte[] Gzip(byte[] data)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(data);
        return buffer.ToArray();
    }

    /// <summary>An archive with the data twice, as a.csv and b.csv.</summary>
    public static byte[] Zip(byte[] data)
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string file in (string[])["a.csv", "b.csv"])
            {
                using Stream stream = archive.CreateEntry(file).Open();
                stream.Write(data);
            }
        }

        return buffer.ToArray();
    }
}
