using System.Management.Automation;
using AdxFlow.PowerShell.Adx;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Takes a mapping as New-AdxMapping takes its columns, or a whole one, as Get-AdxMapping writes it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IngestionMappingTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly ColumnMappingTransformationAttribute Columns = new();

    /// <summary>The columns.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">Something is no column of a mapping.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is AdxMapping mapping ? mapping.Columns.ToArray() : Columns.Transform(engineIntrinsics, inputData);
}
