using System.Collections;
using System.Management.Automation;
using AdxFlow.PowerShell.Ingestion.Reading;

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
        // Null is for the parameter's own validation to refuse.
        if (inputData is null)
            return null!;
        object input = Unwrap(inputData);
        return input is IList list and not byte[] ? list.Cast<object?>().Select(static item => item is null ? null : Name(item)).ToArray() : Name(inputData);
    }

    private static object Name(object item)
    {
        object input = Unwrap(item);
        if (input is PSCustomObject or IDictionary or AdxRow)
            return Named(PSObject.AsPSObject(item)) ?? throw NoTable("An object without Table, TableName or Name");
        if (input is string || input.GetType().Namespace != typeof(AdxTable).Namespace)
            return input;
        return input.GetType().GetProperty(nameof(AdxTable.Table))?.GetValue(input) as string
            ?? throw NoTable($"'{input}'");
    }

    /// <summary>The name in an object of the caller's own, such as a row of a file.</summary>
    private static string? Named(PSObject item)
    {
        // What was an object of this module has its table in Table, if it belongs to one.
        bool wasOurs = item.TypeNames.FirstOrDefault()?.StartsWith($"Deserialized.{typeof(AdxTable).Namespace}.", StringComparison.Ordinal) == true;
        foreach (string member in wasOurs ? (string[])[nameof(AdxTable.Table)] : [nameof(AdxTable.Table), "TableName", nameof(AdxTable.Name)])
        {
            object? value = item.BaseObject is IDictionary dictionary ? InputProperties.Value(dictionary, member) : item.Properties[member]?.Value;
            if (value is not null && Unwrap(value) is string { Length: > 0 } name)
                return name;
        }
        return null;
    }

    // PowerShell takes the inner exception as "does not fit", and goes on to bind the object's other properties.
    private static ArgumentTransformationMetadataException NoTable(string what) =>
        new($"{what} is no table.", new PSInvalidCastException($"{what} is no table."));

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
