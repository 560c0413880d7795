using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Gives declared query parameters the values that came with the request, or their defaults.</summary>
/// <remarks>Source: Microsoft Learn, "Query parameters declaration statement".</remarks>
internal static class QueryParameters
{
    public static void Bind(Scope scope, DeclareSyntax declare, IReadOnlyDictionary<string, string>? values)
    {
        foreach (ParameterSyntax parameter in declare.Parameters)
        {
            Expression? value = null;
            if (values is not null && values.TryGetValue(parameter.Name, out string? text))
                value = Read(scope, parameter, text);
            else if (parameter.Default is not null)
                value = Fit(new ExpressionBinder(scope, "declare", []).Bind(parameter.Default), parameter.Type);

            scope.Scalars[parameter.Name] = value ?? throw KqlException.Semantic(scope.Source, parameter.Position,
                $"The query parameter '{parameter.Name}' has no value of type {KustoTypes.Name(parameter.Type)}.");
        }
    }

    // A text need not be a literal in quotes; of the other types, what ingestion would read is taken as well.
    private static Expression? Read(Scope scope, ParameterSyntax parameter, string text)
    {
        try
        {
            var source = new SourceText(text);
            var reader = new TokenReader(source);
            ExpressionSyntax syntax = new ExpressionParser(reader).Parse();
            if (reader.AtEnd && syntax is LiteralSyntax or UnarySyntax { Operand: LiteralSyntax }
                && Fit(new ExpressionBinder(new Scope(source, scope.Database, scope.Now, scope.Cancel), "declare", []).Bind(syntax), parameter.Type) is { } value)
                return value;
        }
        catch (KqlException)
        {
            // Not a literal: the text itself may be the value.
        }

        if (parameter.Type == KustoType.String) return ConstantExpression.Of(KustoType.String, text);
        return TypedLiteral.Convert(parameter.Type, text) is { } plain ? ConstantExpression.Of(parameter.Type, plain) : null;
    }

    private static Expression? Fit(Expression value, KustoType type)
    {
        if (value.Type == type) return value;
        return Conversion.IsNumeric(value.Type) && Conversion.IsNumeric(type) ? Conversion.To(value, type) : null;
    }
}
