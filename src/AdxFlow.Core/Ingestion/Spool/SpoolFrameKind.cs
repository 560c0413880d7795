namespace AdxFlow.Ingestion.Spool;

/// <summary>What a frame holds. The numbers are on disk.</summary>
internal enum SpoolFrameKind
{
    /// <summary>The first of a batch: what it is, as JSON.</summary>
    Header = 1,

    /// <summary>Whole rows: a piece of the batch's gzip stream that ends on a byte.</summary>
    Rows = 2,

    /// <summary>The end of the gzip stream. Behind it the batch is whole.</summary>
    End = 3,

    /// <summary>An entry of the journal, as JSON.</summary>
    Record = 4,
}
