namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// Two numbers as one key of a hash table. The runtime hashes a long by joining its halves with exclusive or, under which
/// pairs of small numbers nearly all collide; a multiplication (which keeps distinct keys distinct) spreads them.
/// </summary>
internal static class PairKey
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    public static long Of(int first, int second) => unchecked((long)((((ulong)(uint)first << 32) | (uint)second) * Odd));
}
