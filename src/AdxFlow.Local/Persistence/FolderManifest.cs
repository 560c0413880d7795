namespace AdxFlow.Local.Persistence;

/// <summary>What the file <c>adxflow-local.json</c> of a folder says.</summary>
/// <param name="Format">The version of the form in which the folder is written.</param>
/// <param name="WrittenBy">The version of the stand-in that made it.</param>
/// <param name="SignatureKey">What signs the rights to storage, so that those handed out stay good.</param>
/// <param name="IdentityKey">What signs identity tokens.</param>
internal sealed record FolderManifest(int Format, string WrittenBy, byte[] SignatureKey, byte[] IdentityKey)
{
    /// <summary>The form that this version writes.</summary>
    public const int CurrentFormat = 1;
}
