namespace AdxFlow.Local.Persistence.Records;

/// <summary>A block: its id, and the file that holds it.</summary>
/// <param name="Id">Its id; empty for a blob that was put as a whole.</param>
/// <param name="File">The name of the file.</param>
/// <param name="Length">The bytes of the file; null in a folder of form 1.</param>
/// <param name="Checksum">The checksum of them; null in a folder of form 1.</param>
internal sealed record BlockState(string Id, Guid File, long? Length = null, uint? Checksum = null)
{
    public static BlockState Of(string id, KeptFile file) => new(id, file.Id, file.Length, file.Checksum);
}
