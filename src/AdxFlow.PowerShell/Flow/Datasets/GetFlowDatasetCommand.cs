using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Datasets;

/// <summary>Shows datasets: all, by name or by id.</summary>
[Cmdlet(VerbsCommon.Get, "FlowDataset")]
[OutputType(typeof(FlowDataset))]
public sealed class GetFlowDatasetCommand : FlowEntityCmdlet
{
    /// <summary>Names or wildcard patterns; all datasets by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of datasets; with them, nothing else matters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatasetIdCompleter))]
    public string[]? DatasetId { get; set; }

    /// <summary>Writes the datasets, as the pages arrive.</summary>
    protected override void ProcessRecord()
    {
        var datasets = new FlowDatasets(Client);
        if (DatasetId is null)
        {
            WriteNamed(datasets.ListAsync(Stop), Name, static dataset => dataset.Name, Write, "dataset");
            return;
        }
        WriteById(DatasetId, id => datasets.GetAsync(id, Stop), Write);
    }

    private void Write(FlowDataset dataset) => Write(FlowEntity.Dataset, dataset.Id, dataset.Name, dataset);
}
