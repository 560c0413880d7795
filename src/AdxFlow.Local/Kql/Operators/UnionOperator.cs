using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>union</c>: the rows of all tables, one table after the other.</summary>
internal sealed class UnionOperator : TabularOperator
{
    private readonly IReadOnlyList<UnionLeg> _legs;

    public UnionOperator(IReadOnlyList<Column> schema, IReadOnlyList<UnionLeg> legs)
        : base(schema) => _legs = legs;

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (UnionLeg leg in _legs)
        {
            // Also where no leg has rows: unions of unions make very many legs of a few lines.
            cancel.ThrowIfCancellationRequested();
            foreach (RowChunk chunk in leg.Table.Run(cancel))
            {
                var columns = new Vector[Schema.Count];
                int at = 0;
                if (leg.Source is not null) columns[at++] = new Vector<string>(KustoType.String, [leg.Source], 1, null).Repeat(chunk.Count);
                foreach (int ordinal in leg.Ordinals)
                {
                    columns[at] = ordinal < 0 ? Vector.CreateNull(Schema[at].Type, chunk.Count) : chunk[ordinal];
                    at++;
                }

                yield return new RowChunk(columns, chunk.Count);
            }
        }
    }
}
