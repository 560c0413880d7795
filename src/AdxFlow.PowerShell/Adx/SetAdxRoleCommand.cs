using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>
/// Gives a role to the principals named and takes it from everybody else. It reads who that is first, and asks. Writes who has the
/// role then.
/// </summary>
[Cmdlet(VerbsCommon.Set, "AdxRole", DefaultParameterSetName = PrincipalSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class SetAdxRoleCommand : ConnectedCmdlet
{
    private const string PrincipalSet = "Principal";
    private const string NoneSet = "None";

    // How many of those who lose the role are named one by one.
    private const int MostNamed = 20;

    private readonly List<AdxPrincipal> _principals = [];

    /// <summary>Who has the role afterwards, and nobody else: all that come by pipeline together.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PrincipalSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PrincipalFqn")]
    [PrincipalTransformation]
    [ArgumentCompleter(typeof(PrincipalCompleter))]
    public string[]? Principal { get; set; }

    /// <summary>Takes the role from everybody.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoneSet)]
    public SwitchParameter None { get; set; }

    /// <summary>The role: on a database Admin, Ingestor, Monitor, UnrestrictedViewer, User or Viewer, on a table Admin or Ingestor.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string Role { get; set; } = "";

    /// <summary>The table; the whole database by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? Table { get; set; }

    /// <summary>A note kept with the role, to tell later why it was given.</summary>
    [Parameter(ParameterSetName = PrincipalSet)]
    [ValidateNotNull]
    public string? Note { get; set; }

    private string Place => Table is null ? $"database {Connected.Database}" : $"table {Connected.Database}.{Table}";

    private AdxRoles Roles => new(Client);

    /// <summary>Takes in the principals; one that is none ends the call, as the others alone are not what was asked for.</summary>
    protected override void ProcessRecord()
    {
        _principals.AddRange((Principal ?? []).Select(ParsePrincipal));
    }

    /// <summary>Reads who has the role, asks, replaces, and writes who has it now.</summary>
    protected override void EndProcessing()
    {
        // An empty pipeline means nothing to do; that nobody is to be left is said by -None.
        if (ParameterSetName == PrincipalSet ? _principals.Count == 0 : !None)
            return;
        AdxRole role = ParseRole(Role);
        AdxPrincipal[] principals = [.. _principals.Distinct()];
        string what = principals.Length == 0 ? $"Take the role {role} from everybody." : $"Give the role {role} to {string.Join(", ", principals.AsEnumerable())}, and take it from whoever else has it.";
        string losers = IsWhatIf() ? string.Empty : " " + Losers(Await(Roles.GetOthersAsync(role, principals, Connected.Database, Table, Stop), Table));
        if (!ShouldProcess(Place, what + losers))
            return;
        foreach (AdxRoleAssignment standing in Await(Roles.ReplaceAsync(role, principals, Connected.Database, Table, Note, Stop), Table))
        {
            State.RememberPrincipal(standing);
            WriteObject(standing);
        }
    }

    private static string Losers(IReadOnlyList<AdxRoleAssignment> others)
    {
        if (others.Count == 0)
            return "Nobody loses it.";
        string more = others.Count > MostNamed ? $" and {others.Count - MostNamed} more" : string.Empty;
        return $"These lose it: {string.Join(", ", others.Take(MostNamed).Select(Named))}{more}.";
    }

    private static string Named(AdxRoleAssignment role) => role.PrincipalFqn.Contains(role.PrincipalDisplayName, StringComparison.OrdinalIgnoreCase)
        ? role.PrincipalFqn
        : $"{role.PrincipalFqn} ({role.PrincipalDisplayName})";

    /// <summary>With -WhatIf nothing is sent, not even a question.</summary>
    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}
