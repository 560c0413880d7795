using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Local;

/// <summary>Makes coming requests to the stand-in of this process fail, to see how a script takes it.</summary>
[Cmdlet(VerbsCommon.Add, "AdxLocalFault", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AdxLocalFault))]
public sealed class AddAdxLocalFaultCommand : AdxCmdlet
{
    /// <summary>What happens.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public AdxLocalFaultName Name { get; set; }

    /// <summary>How many requests it strikes; 1 by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>The requests it strikes; every one by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public AdxLocalFaultTarget[] Target { get; set; } = [AdxLocalFaultTarget.All];

    /// <summary>Strikes only requests whose path begins so.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string UrlPath { get; set; } = "";

    /// <summary>The time to wait that the answer tells, in whole seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>How late the answer is, for the fault Delay.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? Delay { get; set; }

    /// <summary>Carries the request out, and lets only its answer fail.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AfterAction { get; set; }

    /// <summary>Writes the fault.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Adds one.</summary>
    protected override void ProcessRecord()
    {
        if (Problem() is { } problem)
        {
            Throw(new AdxException("AdxLocalFaultInvalid", AdxErrorKind.InvalidArgument, problem) { RecommendedAction = "Correct what the message names; Get-Help Add-AdxLocalFault tells which parameters go with which fault." }, Name);
            return;
        }

        if (LocalProcess.Running is not { } running)
        {
            Throw(new AdxException("AdxLocalNotRunning", AdxErrorKind.NotFound, "No stand-in runs in this process.")
            {
                RecommendedAction = "Run Start-AdxLocal or Connect-Adx -Local first. Faults can be added only to the stand-in of the same process.",
            }, Name);
            return;
        }

        string targets = string.Join(", ", Target);
        if (!ShouldProcess(running.ClusterUri.AbsoluteUri, $"Let {Count} requests ({targets}) end with {Name}")) return;
        int id = running.AddFault(LocalFaultForms.Make(Name, Target, Count, UrlPath.Length > 0 ? UrlPath : null, RetryAfter, Delay ?? TimeSpan.Zero, AfterAction));
        if (PassThru) WriteObject(LocalFaultForms.Show(running.Faults.First(f => f.Id == id)));
    }

    /// <summary>What does not go together; null where all does.</summary>
    private string? Problem()
    {
        bool answers = LocalFaultForms.StatusCode(Name) is not null;
        if (Name == AdxLocalFaultName.Delay != Delay > TimeSpan.Zero) return Name == AdxLocalFaultName.Delay ? "The fault Delay needs a -Delay above zero." : $"-Delay goes with the fault Delay only, not with {Name}.";
        if (RetryAfter is not null && !answers) return $"-RetryAfter needs an answer to stand in; {Name} has none of its own.";
        if (AfterAction && !answers && Name != AdxLocalFaultName.ConnectionReset) return $"With {Name} the request is carried out anyway; -AfterAction is for the others.";
        return UrlPath.Length > 0 && !UrlPath.StartsWith('/') ? "-UrlPath must begin with a slash, as /storage/ingestdata-0." : null;
    }
}
