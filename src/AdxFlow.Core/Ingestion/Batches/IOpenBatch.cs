namespace AdxFlow.Ingestion.Batches;

/// <summary>A batch that takes rows. Disposing it unsealed gives it up, as far as it is not on disk.</summary>
internal interface IOpenBatch : IAsyncDisposable
{
    long Rows { get; }

    /// <summary>Bytes before compression.</summary>
    long RawBytes { get; }

    /// <summary>When its first row came, in <see cref="Environment.TickCount64"/>.</summary>
    long Since { get; }

    /// <summary>Takes whole records.</summary>
    /// <param name="records">Their bytes.</param>
    /// <param name="rows">How many they are.</param>
    /// <param name="position">Input rows taken with them, from the first of the ingestion, rejected ones included.</param>
    /// <param name="cancel">Stops waiting for room.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> records, long rows, long position, CancellationToken cancel);

    /// <summary>Ends the batch and hands it on to be sent.</summary>
    Task SealAsync();
}
