using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions whose value depends on more than their arguments: on the columns there are, or on the database.</summary>
internal static class ScopeFunctions
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal) { "pack_all", "column_ifexists", "columnifexists", "current_database" };

    /// <param name="call">A call of one of them.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="database">The name of the database.</param>
    public static Expression Bind(CallContext call, IReadOnlyList<Column> columns, string database) => call.Name switch
    {
        "pack_all" => PackAll(call, columns),
        "current_database" => CurrentDatabase(call, database),
        _ => ColumnIfExists(call, columns),
    };

    // column_ifexists(): a column, or the second argument where there is none.
    private static Expression ColumnIfExists(CallContext call, IReadOnlyList<Column> columns)
    {
        call.ExpectCount(2, 2);
        if (call.Arguments[0] is not ConstantExpression { Value: string name }) throw call.Error("the name of the column must be a constant string.");
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name != name) continue;
            return columns[i].Type == call.Arguments[1].Type
                ? new ColumnExpression(i, columns[i].Type)
                : throw call.NotSupported($"'{call.Name}()' with a default of another type than the column's", "Cast the default.");
        }

        return call.Arguments[1];
    }

    private static ConstantExpression CurrentDatabase(CallContext call, string database)
    {
        call.ExpectCount(0, 0);
        return ConstantExpression.Of(KustoType.String, database);
    }

    // pack_all(): all columns as a bag, with or without those that are null or empty.
    private static Expression PackAll(CallContext call, IReadOnlyList<Column> columns)
    {
        call.ExpectCount(0, 1);
        bool ignoresEmpty = call.Arguments.Length == 1 && (call.Arguments[0] is ConstantExpression { Value: bool ignore } ? ignore : throw call.Error("a constant of type bool expected."));
        Expression[] values = [.. columns.Select((c, i) => Conversion.To(new ColumnExpression(i, c.Type), KustoType.Dynamic)!)];
        return KernelExpression.CreateVolatile(KustoType.Dynamic, (vectors, count) =>
        {
            var result = new DynamicValue[count];
            for (int row = 0; row < count; row++)
            {
                var bag = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
                for (int i = 0; i < vectors.Length; i++)
                {
                    DynamicValue value = vectors[i].IsNull(row) ? DynamicValue.Null : vectors[i].Values<DynamicValue>()[row];
                    bool isEmpty = value.Kind == DynamicKind.Null || value is { Kind: DynamicKind.String, Value: string { Length: 0 } };
                    if (!ignoresEmpty || !isEmpty) bag[columns[i].Name] = value;
                }

                result[row] = DynamicFunctions.Bounded(DynamicValue.Of(bag));
            }

            return new Vector<DynamicValue>(KustoType.Dynamic, result, count, null);
        }, values);
    }
}
