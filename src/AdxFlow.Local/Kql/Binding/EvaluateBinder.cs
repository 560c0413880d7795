using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>evaluate</c>: finds the plugin.</summary>
/// <remarks>Source: Microsoft Learn, "evaluate operator" and the pages of the plugins.</remarks>
internal static class EvaluateBinder
{
    public static TabularOperator Bind(Scope scope, TabularOperator input, EvaluateSyntax syntax)
    {
        switch (syntax.Plugin.Name)
        {
            case "bag_unpack": return new BagUnpackBinder(scope, input, syntax).Bind();
            case "pivot": return new PivotBinder(scope, input, syntax).Bind();
            case "narrow":
                if (syntax.Plugin.Arguments.Count > 0) throw KqlException.Semantic(scope.Source, syntax.Plugin.Position, "narrow(): the plugin expects 0 argument(s).");
                if (syntax.Output is not null) throw KqlException.NotSupported(scope.Source, syntax.Output.Position, "columns of the result of 'narrow()'");
                if (input.Schema.FirstOrDefault(c => c.Type is KustoType.Real or KustoType.Decimal or KustoType.Dynamic) is { } open)
                    throw KqlException.NotSupported(scope.Source, syntax.Plugin.Position, $"text of a value of type {KustoTypes.Name(open.Type)} in 'narrow()'", "Cast it first: tostring().");
                return new NarrowOperator(input);
            case var name when KnownNames.Plugins.Contains(name): throw KqlException.NotSupported(scope.Source, syntax.Plugin.Position, $"plugin '{name}()'");
            case var name: throw KqlException.Semantic(scope.Source, syntax.Plugin.Position, $"Unknown plugin: '{name}'.");
        }
    }

    /// <summary>The rows of a plugin whose columns depend on them. They are computed now, and kept.</summary>
    /// <exception cref="KqlException">The operator stands in a subquery that runs several times, each of which could have others.</exception>
    public static ChunkSource Keep(Scope scope, TabularOperator input, EvaluateSyntax syntax)
    {
        if (scope.IsRepeated)
            throw KqlException.NotSupported(scope.Source, syntax.Position, $"'{syntax.Plugin.Name}()' without the columns of its result in a subquery that runs several times");
        return new ChunkSource(input.Schema, [.. input.Run(scope.Cancel)]);
    }
}
