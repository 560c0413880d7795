using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>
/// Takes ingestions as they are, and as Import-Clixml or ConvertFrom-Json give them back: so what one session has sent can be
/// followed by another.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IngestionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The ingestions.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">An object is no ingestion.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Base(inputData) switch
    {
        // Null is for the parameter's own validation to refuse.
        null => inputData,
        AdxIngestion ingestion => new[] { ingestion },
        IList list => list.Cast<object?>().Select(Ingestion).ToArray(),
        _ => new[] { Ingestion(inputData) },
    };

    private static AdxIngestion? Ingestion(object? item)
    {
        if (item is null || Base(item) is AdxIngestion)
            return (AdxIngestion?)Base(item);
        try
        {
            return StoredIngestion.Read(PSObject.AsPSObject(item));
        }
        catch (PSInvalidCastException failure)
        {
            // PowerShell takes this inner exception as "does not fit", and goes on to bind the object's own properties.
            throw new ArgumentTransformationMetadataException($"'{item}' is no ingestion: {failure.Message}", failure);
        }
    }

    private static object? Base(object? item) => item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;
}
