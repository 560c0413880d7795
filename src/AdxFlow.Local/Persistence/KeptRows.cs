namespace AdxFlow.Local.Persistence;

/// <summary>Rows in the form in which they are kept: few of them inline, for the journal, or in a file of their own.</summary>
internal readonly record struct KeptRows(KeptFile? File, byte[] Inline)
{
    public static KeptRows None => new(null, []);
}
