namespace AdxFlow;

/// <summary>One batch that a spool holds.</summary>
public sealed class AdxSpoolBatch
{
    /// <summary>Its number in the spool, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The id under which the service knows it, the same each time it is sent.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>How far it has come.</summary>
    public required AdxSpoolBatchState State { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of its file.</summary>
    public required long Bytes { get; init; }

    /// <summary>The operation it was queued as last; null if it never was.</summary>
    public string? OperationId { get; init; }

    /// <summary>The code of the error for which it was refused; null without one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it was refused; null without an error.</summary>
    public string? Error { get; init; }

    /// <summary>The number and the state.</summary>
    public override string ToString() => $"{Number} {State}";
}
