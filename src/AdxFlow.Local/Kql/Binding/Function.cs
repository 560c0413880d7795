using AdxFlow.Local.Kql.Syntax;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>A function that <c>let</c> has defined, and what it saw there: later names are not its own, so that none calls itself.</summary>
internal sealed class Function
{
    public Function(LetFunctionSyntax syntax, Scope scope)
    {
        Syntax = syntax;
        Scope = scope.CreateInner();
        IsTabular = syntax.Pipeline is not null || YieldsTable(syntax.Scalar!);
    }

    public LetFunctionSyntax Syntax { get; }

    public Scope Scope { get; }

    /// <summary>True where it gives a table.</summary>
    public bool IsTabular { get; }

    private bool YieldsTable(ExpressionSyntax result)
    {
        string? name = (result as NameSyntax)?.Name ?? (result as CallSyntax)?.Name;
        if (name is null) return false;
        foreach (StatementSyntax statement in Syntax.Lets)
        {
            if (statement is LetSyntax let && let.Name == name) return let.Pipeline is not null || YieldsTable(let.Scalar!);
            if (statement is LetFunctionSyntax function && function.Name == name) return new Function(function, Scope).IsTabular;
        }

        foreach (FunctionParameterSyntax parameter in Syntax.Parameters)
        {
            if (parameter.Name == name) return parameter.Columns is not null;
        }

        return result is NameSyntax ? Scope.IsTable(name) : name == "table" || (Scope.Functions.TryGetValue(name, out Function? called) && called.IsTabular);
    }
}
