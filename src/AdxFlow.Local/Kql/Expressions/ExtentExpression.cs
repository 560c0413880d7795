using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>What is known of the extent of each row.</summary>
internal sealed class ExtentExpression<T>(KustoType type, ExtentList extents, Func<Extent, T> value) : Expression(type)
{
    public override Vector Evaluate(RowChunk chunk)
    {
        int[] numbers = chunk.Extents!.Items;
        var values = new T[chunk.Count];
        int known = -1;
        T current = default!;
        for (int row = 0; row < values.Length; row++)
        {
            // Rows of an extent stand together, mostly.
            if (numbers[row] != known) current = value(extents[known = numbers[row]]);
            values[row] = current;
        }

        return new Vector<T>(Type, values, values.Length, null);
    }
}
