using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>evaluate bag_unpack()</c>. Which columns there are is told by the bags, which are read for it when the query is
/// bound, unless the query tells it.
/// </summary>
/// <remarks>Source: Microsoft Learn, "bag_unpack plugin". The order of the columns is that of its examples: by name.</remarks>
internal sealed class BagUnpackBinder
{
    private static readonly string[] Parameters = ["", "OutputColumnPrefix", "columnsConflict", "ignoredProperties"];

    private readonly Scope _scope;
    private readonly TabularOperator _input;
    private readonly EvaluateSyntax _syntax;

    public BagUnpackBinder(Scope scope, TabularOperator input, EvaluateSyntax syntax)
    {
        _scope = scope;
        _input = input;
        _syntax = syntax;
    }

    public BagUnpackOperator Bind()
    {
        var binder = new ExpressionBinder(_scope, "evaluate", _input.Schema);
        IReadOnlyList<ExpressionSyntax> arguments = _syntax.Plugin.Arguments;
        if (arguments.Count is 0 or > 4) throw Error(_syntax.Plugin.Position, "the plugin expects between 1 and 4 arguments.");
        if (arguments[0] is not NameSyntax || binder.Bind(arguments[0]) is not ColumnExpression { Type: KustoType.Dynamic } bag)
            throw Error(arguments[0].Position, "the name of a column of type dynamic expected.");
        object?[] values = Match(arguments, binder);
        string prefix = values[1] as string ?? "";
        string conflict = values[2] as string ?? "error";
        if (conflict is not ("error" or "replace_source" or "keep_source")) throw Error(_syntax.Plugin.Position, "'error', 'replace_source' or 'keep_source' expected.");
        HashSet<string> ignored = [.. (IEnumerable<string>?)values[3] ?? []];
        return _syntax.Output is { } output ? BindDeclared(bag, prefix, ignored, output) : BindFound(bag, prefix, conflict, ignored);
    }

    private object?[] Match(IReadOnlyList<ExpressionSyntax> arguments, ExpressionBinder binder)
    {
        var values = new object?[Parameters.Length];
        for (int i = 1; i < arguments.Count; i++)
        {
            (int at, ExpressionSyntax syntax) = arguments[i] is NamedArgumentSyntax named ? (Array.IndexOf(Parameters, named.Name, 1), named.Value) : (i, arguments[i]);
            if (at < 0 || values[at] is not null) throw Error(arguments[i].Position, "there is no such parameter to set.");
            object? value = (binder.Bind(syntax) as ConstantExpression)?.Value;
            values[at] = at < 3 ? value as string : Texts(value as DynamicValue);
            if (values[at] is null) throw Error(syntax.Position, at < 3 ? "a constant string expected." : "a constant array of strings expected.");
        }

        return values;
    }

    private static IReadOnlyList<string>? Texts(DynamicValue? value) =>
        value?.AsArray() is { } items && items.All(i => i.Kind == DynamicKind.String) ? [.. items.Select(i => (string)i.Value!)] : null;

    private BagUnpackOperator BindDeclared(ColumnExpression bag, string prefix, HashSet<string> ignored, OutputSchemaSyntax output)
    {
        int[] kept = output.WithInput ? [.. Others(bag)] : [];
        var slots = new List<(string Slot, Column Column)>();
        foreach (Column column in output.Columns)
        {
            if (Others(bag).Any(i => _input.Schema[i].Name == column.Name))
                throw NotSupported(output.Position, $"column '{column.Name}' of the input among those that 'bag_unpack()' is said to give");
            string slot = column.Name.StartsWith(prefix, StringComparison.Ordinal) ? column.Name[prefix.Length..] : throw NotSupported(output.Position, $"column '{column.Name}' without the prefix '{prefix}'");
            if (ignored.Contains(slot)) throw NotSupported(output.Position, $"column '{column.Name}' of an ignored property");
            slots.Add((slot, column));
        }

        return new BagUnpackOperator(_input, [.. kept.Select(i => _input.Schema[i]), .. output.Columns], bag, kept, slots);
    }

    private BagUnpackOperator BindFound(ColumnExpression bag, string prefix, string conflict, HashSet<string> ignored)
    {
        ChunkSource rows = EvaluateBinder.Keep(_scope, _input, _syntax);
        var found = new SortedDictionary<string, KustoType?>(StringComparer.Ordinal);
        foreach (RowChunk chunk in rows.Run(_scope.Cancel))
            BagUnpackOperator.Find(bag.Evaluate(chunk), found, ignored);

        List<int> kept = [.. Others(bag)];
        var slots = new List<(string Slot, Column Column)>();
        foreach ((string slot, KustoType? type) in found)
        {
            string name = prefix + slot;
            if (!EntityName.IsValid(name)) throw KqlException.Runtime($"bag_unpack(): '{name}' is not a valid name of a column.");
            if (type is null)
                throw KqlException.NotSupportedValue($"The local stand-in does not know whether bag_unpack() makes a column of the property '{slot}', which is null in all bags. Ignore it, or tell the columns of the result.");
            int taken = kept.FindIndex(i => _input.Schema[i].Name == name);
            if (taken >= 0 && conflict == "error") throw Error(_syntax.Plugin.Position, $"the column '{name}' is there already. Set columnsConflict, or a prefix.");
            if (taken < 0 || conflict == "replace_source") slots.Add((slot, new Column(name, type.Value)));
        }

        // What takes the place of a column stands where that stood.
        var schema = new List<Column>(kept.Select(i => _input.Schema[i]));
        foreach ((_, Column column) in slots)
        {
            int at = schema.FindIndex(c => c.Name == column.Name);
            if (at < 0)
                schema.Add(column);
            else
                schema[at] = column;
        }

        return new BagUnpackOperator(rows, schema, bag, kept, slots);
    }

    private IEnumerable<int> Others(ColumnExpression bag) => Enumerable.Range(0, _input.Schema.Count).Where(i => i != bag.Ordinal);

    private KqlException Error(int position, string message) => KqlException.Semantic(_scope.Source, position, $"bag_unpack(): {message}");

    private KqlException NotSupported(int position, string what) => KqlException.NotSupported(_scope.Source, position, what);
}
