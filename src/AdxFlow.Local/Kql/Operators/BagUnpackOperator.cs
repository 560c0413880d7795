using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>evaluate bag_unpack()</c>: properties of a bag as columns.</summary>
internal sealed class BagUnpackOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly ColumnExpression _bag;
    private readonly IReadOnlyList<int> _kept;
    private readonly IReadOnlyList<(string Slot, Column Column)> _slots;

    /// <param name="input">The rows.</param>
    /// <param name="schema">The columns of the result: those of the input that are kept, and those of properties. One of these may stand in the place of one of those.</param>
    /// <param name="bag">The bags.</param>
    /// <param name="kept">The columns of the input that are kept.</param>
    /// <param name="slots">Which property goes into which column.</param>
    public BagUnpackOperator(TabularOperator input, IReadOnlyList<Column> schema, ColumnExpression bag, IReadOnlyList<int> kept, IReadOnlyList<(string Slot, Column Column)> slots)
        : base(schema)
    {
        _input = input;
        _bag = bag;
        _kept = kept;
        _slots = slots;
    }

    /// <summary>Collects the properties of bags and their types: dynamic where they differ, null where no value has been seen.</summary>
    public static void Find(Vector bags, IDictionary<string, KustoType?> found, IReadOnlySet<string> ignored)
    {
        for (int row = 0; row < bags.Count; row++)
        {
            foreach ((string slot, DynamicValue value) in Bag(bags, row))
            {
                if (ignored.Contains(slot)) continue;
                KustoType? known = found.TryGetValue(slot, out KustoType? type) ? type : null;
                KustoType? own = TypeOf(value.Kind);
                found[slot] = own is null ? known : known is null || known == own ? own : KustoType.Dynamic;
            }
        }
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            Vector bags = _bag.Evaluate(chunk);
            ColumnBuilder[] builders = [.. _slots.Select(s => ColumnBuilder.Create(s.Column.Type))];
            for (int row = 0; row < chunk.Count; row++)
            {
                Dictionary<string, DynamicValue> bag = Bag(bags, row);
                for (int i = 0; i < builders.Length; i++)
                    ElementCast.Append(builders[i], bag.GetValueOrDefault(_slots[i].Slot), "bag_unpack()");
            }

            var columns = new Vector[Schema.Count];
            for (int i = 0; i < _kept.Count; i++)
                columns[i] = chunk[_kept[i]];
            for (int i = 0; i < builders.Length; i++)
                columns[Schema.ToList().IndexOf(_slots[i].Column)] = builders[i].Build();
            yield return new RowChunk(columns, chunk.Count);
        }
    }

    private static Dictionary<string, DynamicValue> Bag(Vector bags, int row)
    {
        if (bags.IsNull(row)) return [];
        DynamicValue value = bags.Values<DynamicValue>()[row].Parse();
        if (value.Kind == DynamicKind.Null) return [];
        return value.AsObject() ?? throw KqlException.NotSupportedValue("The local stand-in does not know what bag_unpack() makes of a value that is no bag. Filter the rows first: gettype(…) == 'dictionary'.");
    }

    private static KustoType? TypeOf(DynamicKind kind) => kind switch
    {
        DynamicKind.Null => null,
        DynamicKind.Bool => KustoType.Bool,
        DynamicKind.Long => KustoType.Long,
        DynamicKind.Real => KustoType.Real,
        DynamicKind.String => KustoType.String,
        DynamicKind.Decimal => KustoType.Decimal,
        DynamicKind.DateTime => KustoType.DateTime,
        DynamicKind.TimeSpan => KustoType.TimeSpan,
        DynamicKind.Guid => KustoType.Guid,
        _ => KustoType.Dynamic,
    };
}
