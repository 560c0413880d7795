using System.Globalization;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds what a pipeline begins with.</summary>
internal sealed class SourceBinder
{
    private static readonly RowChunk OneRow = new([], 1);

    private readonly Scope _scope;
    private readonly PipelineBinder _pipelines;

    public SourceBinder(Scope scope, PipelineBinder pipelines)
    {
        _scope = scope;
        _pipelines = pipelines;
    }

    public TabularOperator Bind(PipelineSourceSyntax source)
    {
        switch (source)
        {
            case NestedSourceSyntax nested: return _pipelines.Bind(nested.Pipeline);
            case PrintSourceSyntax print: return BindPrint(print);
            case RangeSourceSyntax range:
                RangeSource values = RangeBinder.Bind(_scope, range);
                values.Order = RowOrder.Serialized;
                values.Origin = RowOrigin.Computed;
                return values;
            case DatatableSourceSyntax datatable: return BindDatatable(datatable);
            case UnionSourceSyntax union: return Open(new UnionBinder(_scope, union.Union).Bind(null));
            case SearchSourceSyntax search: return Open(new SearchBinder(_scope, search.Search).Bind(null));
            case MaterializeSourceSyntax materialize: return BindMaterialize(materialize);
            case CallSourceSyntax call: return BindCall(call.Call);
            case TableSourceSyntax table: return BindTable(table.Name, table.Position);
            default: throw new InvalidOperationException(source.GetType().Name);
        }
    }

    // Whether such rows are serialized is not documented.
    private static TabularOperator Open(TabularOperator source)
    {
        source.Order = RowOrder.Open;
        return source;
    }

    private MaterializeOperator BindMaterialize(MaterializeSourceSyntax materialize)
    {
        if (_scope.IsRepeated) throw KqlException.NotSupported(_scope.Source, materialize.Position, "'materialize()' in a subquery that runs several times", "Write it in a let statement.");
        TabularOperator input = _pipelines.Bind(materialize.Pipeline);
        return new MaterializeOperator(input) { Order = input.Order == RowOrder.None ? RowOrder.None : RowOrder.Open };
    }

    private TabularOperator BindTable(string name, int position)
    {
        if (_scope.Tabulars.TryGetValue(name, out TabularOperator? named)) return named;
        if (_scope.Functions.TryGetValue(name, out Function? function)) return FunctionBinder.BindTabular(_scope, function, position, []);
        if (_scope.Scalars.ContainsKey(name)) throw KqlException.Semantic(_scope.Source, position, $"Tabular value expected: '{name}' is a scalar.");
        return _scope.Database.Tables.TryGetValue(name, out Table? found)
            ? ChunkSource.Scan(found)
            : throw KqlException.UnknownTable(_scope.Source, position, name);
    }

    private TabularOperator BindCall(CallSyntax call)
    {
        if (_scope.Functions.TryGetValue(call.Name, out Function? function)) return FunctionBinder.BindTabular(_scope, function, call.Position, call.Arguments);
        if (call.Name == "table" && call.Arguments is [LiteralSyntax { Value: string name }])
        {
            return _scope.Database.Tables.TryGetValue(name, out Table? found)
                ? ChunkSource.Scan(found)
                : throw KqlException.UnknownTable(_scope.Source, call.Position, name);
        }

        if (KnownNames.IsKnown(call.Name) || call.Name == "table") throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' as a source");
        throw KqlException.Semantic(_scope.Source, call.Position, $"Unknown function: '{call.Name}'.", "SEM0260");
    }

    private ChunkSource BindPrint(PrintSourceSyntax print)
    {
        var binder = new ExpressionBinder(_scope, "print", []);
        var output = new OutputColumns(_scope.Source);
        var values = new List<Vector>();
        for (int i = 0; i < print.Items.Count; i++)
        {
            NamedExpressionSyntax item = print.Items[i];
            Expression expression = binder.Bind(item.Expression);
            if (item.Name is not null)
                output.AddNamed(item.Name, expression.Type, item.Position);
            else
                output.AddSuggested($"print_{i.ToString(CultureInfo.InvariantCulture)}", expression.Type);
            values.Add(expression.Evaluate(OneRow));
        }

        return new ChunkSource(output.Columns, [new RowChunk(values, 1)]) { Order = RowOrder.Open };
    }

    private ChunkSource BindDatatable(DatatableSourceSyntax syntax)
    {
        var binder = new ExpressionBinder(_scope, "datatable", []);
        ColumnBuilder[] builders = [.. syntax.Columns.Select(c => ColumnBuilder.Create(c.Type))];
        for (int i = 0; i < syntax.Values.Count; i++)
        {
            KustoType type = builders[i % builders.Length].Type;
            Expression value = binder.Bind(syntax.Values[i]);
            bool fits = value.Type == type || type == KustoType.Dynamic || value.Type == KustoType.String || (Conversion.IsNumeric(value.Type) && Conversion.IsNumeric(type));
            Vector? cell = value.IsConstant && fits ? Conversion.To(value, type)!.Evaluate(OneRow) : null;
            bool isMisread = value.Type == KustoType.String && cell is not null && cell.IsNull(0);
            if (cell is null || isMisread)
                throw KqlException.Semantic(_scope.Source, syntax.Values[i].Position, $"'datatable': a constant of type {KustoTypes.Name(type)} expected.");
            builders[i % builders.Length].AppendFrom(cell, 0);
        }

        int rows = syntax.Values.Count / builders.Length;
        return new ChunkSource(syntax.Columns, rows == 0 ? [] : [new RowChunk([.. builders.Select(b => b.Build())], rows)]) { Order = RowOrder.Open };
    }
}
