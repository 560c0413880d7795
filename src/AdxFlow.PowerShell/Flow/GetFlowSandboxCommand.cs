using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow;

/// <summary>Shows the sandboxes of the organization that one may use.</summary>
[Cmdlet(VerbsCommon.Get, "FlowSandbox")]
[OutputType(typeof(FlowSandbox))]
public sealed class GetFlowSandboxCommand : FlowCmdlet
{
    private IReadOnlyList<FlowSandbox>? _all;

    /// <summary>Names, titles or wildcard patterns; all sandboxes by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Sandbox")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Writes those that match.</summary>
    protected override void ProcessRecord()
    {
        if (_all is null)
        {
            _all = Await(new FlowSandboxes(Client).GetAsync(Stop));
            foreach (FlowSandbox sandbox in _all)
                State.FlowNames.RememberSandbox(sandbox);
        }

        foreach (string name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            FlowSandbox[] found = [.. _all.Where(sandbox => pattern.IsMatch(sandbox.Name) || (sandbox.Title is { } title && pattern.IsMatch(title)))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(FlowSandboxes.NotFound(name, _all).ToErrorRecord(name));
        }
    }
}
