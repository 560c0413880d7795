namespace AdxFlow.Local.Persistence;

/// <summary>A file of rows or of a block, as the journal names it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Checksum">The checksum of them all.</param>
internal sealed record KeptFile(Guid Id, long Length, uint Checksum)
{
    /// <summary>What a stand-in that keeps nothing has.</summary>
    public static KeptFile None { get; } = new(Guid.Empty, 0, 0);
}
