using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>
/// Takes principals as texts or as <see cref="AdxPrincipal"/>. Any other object has its own parameters to go to, and would only
/// be the text that it prints.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PrincipalTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The principals as texts; whether they are any is looked at later, so that it can be told with an id.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither text nor principal.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Base(inputData) switch
    {
        null => inputData,
        string or AdxPrincipal => new[] { Text(inputData) },
        IEnumerable list and not IDictionary => list.Cast<object?>().Select(Text).ToArray(),
        _ => new[] { Text(inputData) },
    };

    private static string Text(object? item) => Base(item) switch
    {
        string text => text,
        AdxPrincipal principal => principal.ToString(),
        // The engine takes this kind of failure for "try the object's properties", where it comes by pipeline.
        var other => throw new ArgumentTransformationMetadataException(
            $"{other?.GetType().Name ?? "Nothing"} is no principal. A principal is a text such as 'aadapp=<application id>;<tenant>'; what Get-AdxRole writes is piped, or given as -InputObject.",
            new PSInvalidCastException()),
    };

    private static object? Base(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
