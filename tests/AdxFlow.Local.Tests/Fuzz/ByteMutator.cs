namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Spoils bytes: some are changed, left out, or doubled.</summary>
internal sealed class ByteMutator(Random random)
{
    public byte[] Next(byte[] data)
    {
        List<byte> spoilt = [.. data];
        for (int n = random.Next(1, 5); n > 0 && spoilt.Count > 0; n--)
        {
            int at = random.Next(spoilt.Count);
            switch (random.Next(4))
            {
                case 0: spoilt[at] = (byte)random.Next(256); break;
                case 1: spoilt.RemoveRange(at, Math.Min(random.Next(1, 20), spoilt.Count - at)); break;
                case 2: spoilt.InsertRange(at, spoilt.GetRange(at, Math.Min(random.Next(1, 20), spoilt.Count - at))); break;
                default: spoilt[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        return [.. spoilt];
    }
}
