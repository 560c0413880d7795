using System.Runtime.InteropServices;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>Numbers the distinct values of a column from 0 in the order in which they come; null is a value too.</summary>
internal abstract class KeyColumn
{
    /// <summary>How many distinct values there are so far.</summary>
    public abstract int Count { get; }

    public static KeyColumn Create(KustoType type) => type switch
    {
        KustoType.Bool => new Typed<bool>(type),
        KustoType.Int => new Typed<int>(type),
        KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => new Typed<long>(type),
        KustoType.Real => new Typed<double>(type),
        KustoType.Decimal => new Typed<KustoDecimal>(type),
        KustoType.Guid => new Typed<Guid>(type),
        KustoType.String => new Typed<string>(type),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "dynamic is no key"),
    };

    /// <summary>Writes the number of each row's value.</summary>
    public abstract void Encode(Vector vector, int[] codes);

    /// <summary>The values of the numbers.</summary>
    public abstract Vector Decode(int[] codes);

    private sealed class Typed<T> : KeyColumn
        where T : notnull
    {
        private readonly KustoType _type;
        private readonly Dictionary<T, int> _codes = [];
        private T[] _values = new T[16];
        private int _count;
        private int _nullCode = -1;

        public Typed(KustoType type) => _type = type;

        public override int Count => _count;

        public override void Encode(Vector vector, int[] codes)
        {
            T[] values = vector.Values<T>();
            int last = -1;
            T lastValue = default!;
            for (int i = 0; i < vector.Count; i++)
            {
                if (vector.IsNull(i))
                {
                    if (_nullCode < 0) _nullCode = Add(default!);
                    codes[i] = _nullCode;
                    continue;
                }

                // Neighbours are often equal, and then need no look-up.
                T value = values[i];
                if (last < 0 || !EqualityComparer<T>.Default.Equals(value, lastValue))
                {
                    ref int slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_codes, value, out bool exists);
                    if (!exists) slot = Add(value);
                    last = slot;
                    lastValue = value;
                }

                codes[i] = last;
            }
        }

        public override Vector Decode(int[] codes)
        {
            var builder = new T[codes.Length];
            ulong[]? nulls = null;
            for (int i = 0; i < codes.Length; i++)
            {
                builder[i] = _values[codes[i]];
                if (codes[i] == _nullCode) NullMask.Set(ref nulls, i, codes.Length);
            }

            return new Vector<T>(_type, builder, codes.Length, nulls);
        }

        private int Add(T value)
        {
            if (_count == _values.Length) Array.Resize(ref _values, _count * 2);
            _values[_count] = value;
            return _count++;
        }
    }
}
