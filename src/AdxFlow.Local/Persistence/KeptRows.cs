namespace AdxFlow.Local.Persistence;

/// <summary>Rows in the form in which they are kept: few of them inline, for the journal, or in a file of their own.</summary>
internal sealed class KeptRows(KeptFile? file, byte[] inline)
{
    public static KeptRows None { get; } = new(null, []);

    public KeptFile? File => file;

    public byte[] Inline => inline;

    /// <summary>True once the journal has them: their file must stay then, whatever happens to their table.</summary>
    public bool IsEntered { get; set; }
}
