namespace AdxFlow.Local.Tables;

/// <summary>The powers of ten that 128 bits hold, and what is counted with them.</summary>
internal static class PowersOfTen
{
    /// <summary>The greatest exponent there is a power for.</summary>
    public const int Most = 38;

    private static readonly UInt128[] Powers = BuildPowers();

    /// <summary>Ten to the power of an exponent of 0 to <see cref="Most"/>.</summary>
    public static UInt128 Of(int exponent) => Powers[exponent];

    /// <summary>How many decimal digits a number has; 0 has none.</summary>
    public static int Digits(UInt128 value)
    {
        // 1233 / 4096 is just below the logarithm of two: for up to 128 bits the product is right, or one too low.
        int estimate = ((128 - (int)UInt128.LeadingZeroCount(value)) * 1233) >> 12;
        return value >= Powers[estimate] ? estimate + 1 : estimate;
    }

    /// <summary>Takes zeros off the end, no more than told. Gives back how many it took.</summary>
    public static int TrimZeros(ref UInt128 value, int most)
    {
        int taken = 0;
        if (value == 0) return taken;
        for (int step = 16; step > 0; step >>= 1)
        {
            while (most - taken >= step)
            {
                (UInt128 shorter, UInt128 rest) = UInt128.DivRem(value, Powers[step]);
                if (rest != 0) break;
                value = shorter;
                taken += step;
            }
        }

        return taken;
    }

    private static UInt128[] BuildPowers()
    {
        var powers = new UInt128[Most + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
