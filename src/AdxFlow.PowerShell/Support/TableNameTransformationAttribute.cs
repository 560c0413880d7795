using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Support;

/// <summary>
/// Takes the name of a table from text, or from an object that says which table it belongs to. Any other object of this
/// module is refused, so that it never becomes a name by accident: a database piped in is no table of the same name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The names.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">An object belongs to no table.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = Unwrap(inputData);
        return input is IList list and not byte[] ? list.Cast<object?>().Select(static item => item is null ? null : Name(item)).ToArray() : Name(inputData);
    }

    private static object Name(object item)
    {
        object input = Unwrap(item);
        if (input is string || input.GetType().Namespace != typeof(AdxTable).Namespace)
            return input;
        return input.GetType().GetProperty(nameof(AdxTable.Table))?.GetValue(input) as string
            // PowerShell takes this inner exception as "does not fit", and goes on to bind the object's other properties.
            ?? throw new ArgumentTransformationMetadataException($"'{input}' is no table.", new PSInvalidCastException($"'{input}' is no table."));
    }

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
