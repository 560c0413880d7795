using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Flow.Mappings;

/// <summary>
/// Takes the fields of a mapping as people write them: <c>@{ '_acme.id' = 'Id'; '_acme.name' = @{ Expression = 'concat(a, b)' }; '_acme.from' = @{ Static = 'adx' } }</c>,
/// or the fields of another mapping.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldMappingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The fields.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">Something is no field.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrap(inputData) switch
    {
        IDictionary fields => fields.Cast<DictionaryEntry>().Select(static entry => Field(Text(entry.Key), Unwrap(entry.Value))).ToArray(),
        FlowFieldMapping field => new[] { field },
        FlowMapping mapping => mapping.Fields.ToArray(),
        IEnumerable list and not string => list.Cast<object?>().Select(static item => Unwrap(item) as FlowFieldMapping ?? throw Unfit(Text(item))).ToArray(),
        var other => throw Unfit(Text(other)),
    };

    private static FlowFieldMapping Field(string destination, object? source) => source switch
    {
        IDictionary { Count: 1 } special when special.Cast<DictionaryEntry>().First() is var entry && Enum.TryParse(Text(entry.Key), ignoreCase: true, out FlowFieldKind kind) && Enum.IsDefined(kind) =>
            new FlowFieldMapping(destination, Text(entry.Value), kind),
        IDictionary => throw new ArgumentTransformationMetadataException($"The source of field '{destination}' is one of @{{ Attribute = 'column' }}, @{{ Expression = '…' }} and @{{ Static = 'text' }}."),
        _ => new FlowFieldMapping(destination, Text(source)),
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Text(object? value) => Convert.ToString(Unwrap(value), CultureInfo.InvariantCulture) ?? string.Empty;

    private static ArgumentTransformationMetadataException Unfit(string text) =>
        new($"'{text}' is no field of a mapping. Fields are given as @{{ '_acme.id' = 'Id' }}: the path of the field, and the column.");
}
