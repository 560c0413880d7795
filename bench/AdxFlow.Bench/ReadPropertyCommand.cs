using System.Management.Automation;

namespace AdxFlow.Bench;

/// <summary>
/// Reads the properties named from every object and does nothing with them: the floor of what any cmdlet must spend that
/// takes objects from a pipeline.
/// </summary>
[Cmdlet(VerbsCommunications.Read, "Property")]
[OutputType(typeof(long))]
public sealed class ReadPropertyCommand : PSCmdlet
{
    private long _values;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = InputObject!.Properties;
        foreach (string name in Name)
        {
            if (properties[name]?.Value is not null)
                _values++;
        }
    }

    protected override void EndProcessing() => WriteObject(_values);
}
