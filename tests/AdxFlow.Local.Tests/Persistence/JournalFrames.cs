using AdxFlow.Local.Persistence;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>Where the frames of a journal end: what is before such a place is what a kill there leaves.</summary>
internal static class JournalFrames
{
    public static IEnumerable<int> Ends(byte[] journal)
    {
        int at = 0;
        while (at < journal.Length && JournalFrame.TryRead(journal.AsSpan(at, JournalFrame.HeadBytes), out JournalFrame frame))
            yield return at += JournalFrame.HeadBytes + frame.Length;
    }
}
