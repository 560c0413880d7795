using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>let</c>.</summary>
internal static class StatementBinder
{
    public static void BindLet(Scope scope, StatementSyntax statement)
    {
        if (statement is LetFunctionSyntax function)
        {
            scope.Declare(function.Name, function.Position, function: new Function(function, scope));
            return;
        }

        var let = (LetSyntax)statement;
        PipelineSyntax? pipeline = let.Pipeline ?? PipelineBinder.TryPipelineOf(scope, let.Scalar!);
        if (pipeline is not null)
            scope.Declare(let.Name, let.Position, tabular: new PipelineBinder(scope).Bind(pipeline));
        else
            scope.Declare(let.Name, let.Position, scalar: BindScalar(scope, let.Scalar!));
    }

    private static Expression BindScalar(Scope scope, ExpressionSyntax value)
    {
        Scope inner = scope.CreateInner();
        inner.Origin = RowOrigin.Open;
        return new ExpressionBinder(inner, "let", []).Bind(value);
    }
}
