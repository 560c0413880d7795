namespace AdxFlow.Ingestion.Files.Compression;

/// <summary>
/// The check sum of gzip (RFC 1952), for pieces that were summed apart. It is a remainder of polynomials over two elements,
/// bits reversed, so that joining two is one multiplication: sum(AB) = sum(A) · x^(8·|B|) + sum(B).
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 0x80000000;
    private const uint X = One >> 1;

    /// <param name="first">The sum of what comes first.</param>
    /// <param name="second">The sum of what follows.</param>
    /// <param name="secondLength">The length of what follows, in bytes.</param>
    public static uint Join(uint first, uint second, long secondLength) => Multiply(Power(8 * secondLength), first) ^ second;

    private static uint Power(long exponent)
    {
        uint result = One;
        uint square = X;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = Multiply(result, square);
            square = Multiply(square, square);
        }
        return result;
    }

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (; a != 0; a <<= 1)
        {
            if ((a & One) != 0)
                product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }
        return product;
    }
}
