using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Shows the connectors of Experience Platform and the ways they sign in.</summary>
[Cmdlet(VerbsCommon.Get, "FlowConnectionSpec", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FlowConnectionSpec))]
public sealed class GetFlowConnectionSpecCommand : FlowCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names or wildcard patterns; all connectors by default.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of connection specs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionSpecIdCompleter))]
    public string[] SpecId { get; set; } = [];

    /// <summary>Writes the specs.</summary>
    protected override void ProcessRecord()
    {
        var specs = new FlowConnectionSpecs(Client);
        if (ParameterSetName == IdSet)
        {
            foreach (string id in SpecId)
            {
                if (TryAwait(Checked(() => specs.GetAsync(id, Stop), id), id, out FlowConnectionSpec? spec))
                    Write(spec);
            }
            return;
        }

        // There are some hundred, in one answer: names are looked for here, whatever the case of their letters.
        WildcardPattern[] patterns = [.. Name.Select(static pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        bool[] found = new bool[Name.Length];
        bool isWhole = TryEach(specs.ListAsync(Stop), null, spec =>
        {
            bool isWanted = false;
            for (int i = 0; i < patterns.Length; i++)
            {
                if (patterns[i].IsMatch(spec.Name ?? string.Empty))
                    isWanted = found[i] = true;
            }
            if (isWanted)
                Write(spec);
        });
        for (int i = 0; isWhole && i < Name.Length; i++)
        {
            if (found[i] || WildcardPattern.ContainsWildcardCharacters(Name[i]))
                continue;
            WriteError(new FlowException("FlowNotFound", AdxErrorKind.NotFound, $"There is no connector '{Name[i]}'.")
            {
                RecommendedAction = "Get-FlowConnectionSpec lists all.",
            }.ToErrorRecord(Name[i]));
        }
    }

    private void Write(FlowConnectionSpec spec)
    {
        State.FlowNames.Remember(SignedIn, FlowEntity.ConnectionSpec, spec.Id, spec.Name);
        WriteObject(spec);
    }
}
