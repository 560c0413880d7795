using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Compares texts that are kept as UTF-8, without making strings, in the order that strings have.</summary>
internal sealed class TextComparer(TextVector texts, bool descending) : RowComparer
{
    public override int Compare(int left, int right)
    {
        ReadOnlySpan<byte> a = texts.Utf8(left);
        ReadOnlySpan<byte> b = texts.Utf8(right);
        int same = a.CommonPrefixLength(b);
        int result = same == a.Length || same == b.Length ? a.Length - b.Length : Rank(a[same]) - Rank(b[same]);
        return descending ? -result : result;
    }

    // UTF-16 has what needs two of its units (0xF0 and more here) before the last characters of those that need one.
    private static int Rank(byte value) => value is 0xEE or 0xEF ? value + 0x10 : value;
}
