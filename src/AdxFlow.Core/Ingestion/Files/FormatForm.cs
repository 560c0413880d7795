namespace AdxFlow.Ingestion.Files;

/// <summary>What one may do with a file of a format.</summary>
internal enum FormatForm
{
    /// <summary>Text that can be cut and joined between records.</summary>
    Records,

    /// <summary>Text that counts as a whole: it may be compressed, and not be cut.</summary>
    Document,

    /// <summary>Bytes that go as they are, uncompressed: such formats compress within themselves.</summary>
    Binary,
}
