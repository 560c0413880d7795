using System.Management.Automation;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>A cmdlet that makes one end of a dataflow: a source or a target.</summary>
public abstract class FlowEndCmdlet : FlowEntityCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>A few words about it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>Makes a draft, which Publish-Flow publishes together with its flow.</summary>
    [Parameter]
    public SwitchParameter Draft { get; set; }

    /// <summary>Asks whether to make it.</summary>
    /// <param name="end">What it is called: source or target.</param>
    /// <param name="of">What it is of.</param>
    private protected bool IsWanted(string end, string of) =>
        ShouldProcess(SignedIn.ToString(), $"Make the {(Draft ? "draft of a " : string.Empty)}{end} '{Name}' of {of}");
}
