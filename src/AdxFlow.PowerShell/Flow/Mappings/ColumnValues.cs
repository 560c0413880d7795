using System.Management.Automation;
using AdxFlow.Connector;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Adx;

namespace AdxFlow.PowerShell.Flow.Mappings;

/// <summary>Takes columns as the cmdlets about schemas and mappings are given them: of a table of either side, or as people write them.</summary>
internal static class ColumnValues
{
    /// <summary>Fields for the columns.</summary>
    /// <exception cref="FlowException"><c>FlowColumnInvalid</c>: something is no column.</exception>
    public static IReadOnlyList<FlowField> Fields(object[] columns)
    {
        object[] plain = [.. columns.Select(Unwrap)];
        if (plain.All(static column => column is FlowColumn))
            return FlowField.Of(plain.Cast<FlowColumn>());
        var transformation = new ColumnTransformationAttribute();
        try
        {
            return SchemaFields.Of(plain.SelectMany(column => (AdxColumn[])transformation.Transform(null!, column)));
        }
        catch (ArgumentTransformationMetadataException none)
        {
            throw new FlowException("FlowColumnInvalid", AdxErrorKind.InvalidArgument, none.Message, none)
            {
                RecommendedAction = "Give (Get-AdxTable T).Columns, (Get-FlowTable $id T).Columns, 'name:type', or @{ name = 'type' }.",
            };
        }
    }

    /// <summary>The names of the columns; a text is one, with or without a type behind a colon.</summary>
    /// <exception cref="FlowException"><c>FlowColumnInvalid</c>: something is no column.</exception>
    public static IReadOnlyList<string> Names(object[] columns) => [.. columns.Select(static column => Unwrap(column) switch
    {
        string name => name,
        AdxColumn column1 => column1.Name,
        FlowColumn column2 => column2.Name,
        FlowField field => field.Column,
        var other => throw FlowRefusal.Of("FlowColumnInvalid", $"'{other}' is no column.", "Give (Get-AdxTable T).Columns, (Get-FlowTable $id T).Columns, or names."),
    })];

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
