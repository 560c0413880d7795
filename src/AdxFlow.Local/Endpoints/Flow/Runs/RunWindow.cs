namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Which rows a run reads: those whose delta column is from the start on and before the end. Without a column, all.</summary>
/// <param name="DeltaColumn">The column; null for all rows.</param>
/// <param name="Start">Null for the beginning.</param>
/// <param name="End">Null for no end.</param>
internal sealed record RunWindow(string? DeltaColumn, DateTimeOffset? Start, DateTimeOffset? End)
{
    public bool Contains(long ticks) => (Start is null || ticks >= Start.Value.UtcTicks) && (End is null || ticks < End.Value.UtcTicks);
}
