using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// Compares rows by one key vector. Nulls stand first or last whatever the direction; NaN stands next to the nulls, on their
/// inner side.
/// </summary>
/// <remarks>Source: Microsoft Learn, "sort operator", "Using special floating-point values".</remarks>
internal abstract class RowComparer
{
    public static RowComparer Create(Vector key, bool descending, bool nullsFirst) => key.Type switch
    {
        KustoType.Bool => new Typed<bool>(key, descending, nullsFirst, (a, b) => a.CompareTo(b)),
        KustoType.Int => new Typed<int>(key, descending, nullsFirst, (a, b) => a.CompareTo(b)),
        KustoType.Real => new Typed<double>(key, descending, nullsFirst, (a, b) => a.CompareTo(b)) { SpecialRank = v => double.IsNaN(v) },
        KustoType.Decimal => new Typed<KustoDecimal>(key, descending, nullsFirst, (a, b) => a.CompareTo(b)),
        KustoType.Guid => new Typed<Guid>(key, descending, nullsFirst, (a, b) => a.CompareTo(b)),
        KustoType.String when key is TextVector texts => new TextComparer(texts, descending),
        KustoType.String => new Typed<string>(key, descending, nullsFirst, string.CompareOrdinal),
        _ => new Typed<long>(key, descending, nullsFirst, (a, b) => a.CompareTo(b)),
    };

    public abstract int Compare(int left, int right);

    private sealed class Typed<T> : RowComparer
    {
        private readonly Vector _key;
        private readonly T[] _values;
        private readonly int _sign;
        private readonly int _nullSign;
        private readonly Comparison<T> _comparison;

        public Typed(Vector key, bool descending, bool nullsFirst, Comparison<T> comparison)
        {
            _key = key;
            _values = key.Values<T>();
            _sign = descending ? -1 : 1;
            _nullSign = nullsFirst ? -1 : 1;
            _comparison = comparison;
        }

        /// <summary>True for values that stand between the nulls and the others.</summary>
        public Predicate<T>? SpecialRank { get; init; }

        public override int Compare(int left, int right)
        {
            if (_key.Nulls is not null || SpecialRank is not null)
            {
                int leftRank = Rank(left);
                int rightRank = Rank(right);
                if (leftRank != rightRank) return (leftRank - rightRank) * _nullSign;
                if (leftRank > 0) return 0;
            }

            return _comparison(_values[left], _values[right]) * _sign;
        }

        private int Rank(int row) => _key.IsNull(row) ? 2 : SpecialRank is not null && SpecialRank(_values[row]) ? 1 : 0;
    }
}
