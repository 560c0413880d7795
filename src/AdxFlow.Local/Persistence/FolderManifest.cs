using System.Text.Json;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>What the file <c>adxflow-local.json</c> of a folder says.</summary>
/// <param name="Format">The version of the form in which the folder is written.</param>
/// <param name="WrittenBy">The version of the stand-in that made it.</param>
/// <param name="SignatureKey">What signs the rights to storage, so that those handed out stay good.</param>
/// <param name="IdentityKey">What signs identity tokens, and those of IMS.</param>
/// <param name="Checksum">The checksum of the rest; null in form 1, which had none.</param>
internal sealed record FolderManifest(int Format, string WrittenBy, byte[] SignatureKey, byte[] IdentityKey, uint? Checksum = null)
{
    /// <summary>The form that this version writes. Form 1 had nothing of Adobe's side, and fewer checksums; form 2 no extents.</summary>
    public const int CurrentFormat = 3;

    /// <summary>True where it is as it was written.</summary>
    public bool IsWhole => SignatureKey is { Length: > 0 } && IdentityKey is { Length: > 0 } && (Format == 1 || Checksum == Compute());

    /// <summary>The same, in the form that this version writes.</summary>
    public FolderManifest Seal()
    {
        FolderManifest current = this with { Format = CurrentFormat, WrittenBy = LocalCluster.Version };
        return current with { Checksum = current.Compute() };
    }

    private uint Compute() => Crc32C.Add(Crc32C.Seed, JsonSerializer.SerializeToUtf8Bytes(this with { Checksum = null }, StateRecord.Json));
}
