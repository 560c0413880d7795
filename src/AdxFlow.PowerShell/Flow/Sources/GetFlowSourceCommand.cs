using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Sources;

/// <summary>Shows source connections: all, by name, by id, or those of a base connection.</summary>
[Cmdlet(VerbsCommon.Get, "FlowSource")]
[OutputType(typeof(FlowSource))]
public sealed class GetFlowSourceCommand : FlowEntityCmdlet
{
    /// <summary>Names or wildcard patterns; all sources by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of sources; with them, nothing else matters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceIdCompleter))]
    public string[]? SourceId { get; set; }

    /// <summary>Only those that go through this base connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>Writes the sources, as the pages arrive.</summary>
    protected override void ProcessRecord()
    {
        var sources = new FlowSources(Client);
        if (SourceId is null)
        {
            WriteNamed(sources.ListAsync(ConnectionId, Stop), Name, static source => source.Name, Write, "source");
            return;
        }
        WriteById(SourceId, id => sources.GetAsync(id, Stop), Write);
    }

    private void Write(FlowSource source) => Write(FlowEntity.Source, source.Id, source.Name, source);
}
