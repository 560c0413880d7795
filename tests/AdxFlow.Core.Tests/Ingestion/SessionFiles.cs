using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Core.Tests.Ingestion;

internal static class SessionFiles
{
    /// <summary>Sends one file to its end.</summary>
    /// <exception cref="AdxFileException">What was wrong with the file.</exception>
    public static async Task<AdxIngestion> SendFileAsync(this IngestionSession session, string path)
    {
        session.OpenFiles().Add(new FileIngestion { Path = path });
        AdxIngestion sent = await session.CompleteAsync().EndsAsync();
        while (session.TryTakeEvent(out IngestionEvent? happened))
        {
            if (happened is FileRejected rejected)
                throw rejected.Failure;
        }
        return sent;
    }
}
