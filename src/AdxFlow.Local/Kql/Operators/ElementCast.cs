using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// The elements of an array as values of a type, as <c>to typeof()</c> wants them: a cast without parsing, in which an element
/// of another type becomes null. Where a cast and a conversion cannot be told apart, the query fails rather than guesses.
/// </summary>
/// <remarks>Source: Microsoft Learn, "mv-expand operator".</remarks>
internal static class ElementCast
{
    /// <param name="builder">The column.</param>
    /// <param name="element">The element; null for none.</param>
    /// <param name="caster">What casts, for messages.</param>
    public static void Append(ColumnBuilder builder, DynamicValue? element, string? caster = null)
    {
        if (element is null || element.Kind == DynamicKind.Null)
            builder.AppendNull();
        else if (builder.Type == KustoType.Dynamic)
            builder.AppendObject(element);
        else
            builder.AppendObject(Cast(element.Parse(), builder.Type, caster));
    }

    private static object? Cast(DynamicValue element, KustoType type, string? caster) => (type, element.Kind) switch
    {
        (KustoType.Bool, DynamicKind.Bool) => element.Value,
        (KustoType.Long, DynamicKind.Long) => element.Value,
        (KustoType.Int, DynamicKind.Long) => (long)element.Value! is >= int.MinValue and <= int.MaxValue and long value ? (int)value : null,
        (KustoType.Real, DynamicKind.Long) => (double)(long)element.Value!,
        (KustoType.Real, DynamicKind.Real) => element.Value,
        (KustoType.Decimal, DynamicKind.Long) => (KustoDecimal)(long)element.Value!,
        (KustoType.Decimal, DynamicKind.Decimal) => element.Value,
        (KustoType.String, DynamicKind.String) => element.Value,
        (KustoType.DateTime, DynamicKind.DateTime) or (KustoType.TimeSpan, DynamicKind.TimeSpan) or (KustoType.Guid, DynamicKind.Guid) => element.Value,
        (KustoType.Bool or KustoType.Int or KustoType.Long or KustoType.Real or KustoType.Decimal, DynamicKind.String) => null,
        _ => throw KqlException.NotSupportedValue(
            caster is null
                ? $"The local stand-in does not know what 'to typeof({KustoTypes.Name(type)})' makes of an element of kind {element.Kind.ToString().ToLowerInvariant()}. Expand it as dynamic, and convert it then."
                : $"The local stand-in does not know what {caster} makes of a value of kind {element.Kind.ToString().ToLowerInvariant()} in a column of type {KustoTypes.Name(type)}. Declare it dynamic, and convert it then."),
    };
}
