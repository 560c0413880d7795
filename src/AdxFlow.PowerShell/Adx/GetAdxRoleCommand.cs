using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows who has which role on the database, or on a table.</summary>
[Cmdlet(VerbsCommon.Get, "AdxRole")]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class GetAdxRoleCommand : SchemaCmdlet
{
    private AdxPrincipal[]? _principals;

    /// <summary>The tables; the database by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>These roles only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AdxRole[]? Role { get; set; }

    /// <summary>The roles of these principals only, in ADX's own form. What they have through a group is the group's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PrincipalTransformation]
    [ArgumentCompleter(typeof(PrincipalCompleter))]
    public string[]? Principal { get; set; }

    /// <summary>Looks at the principals before anything is sent.</summary>
    protected override void BeginProcessing() => _principals = Principal is null ? null : [.. Principal.Select(ParsePrincipal)];

    /// <summary>Writes the assignments.</summary>
    protected override void ProcessRecord()
    {
        var roles = new AdxRoles(Client);
        foreach (string? table in Table ?? new string?[] { null })
        {
            if (!TryAwait(roles.GetAsync(Connected.Database, table, Stop), table, out IReadOnlyList<AdxRoleAssignment>? assignments))
                continue;
            foreach (AdxRoleAssignment assignment in assignments)
            {
                State.RememberPrincipal(assignment);
                if ((Role is null || Role.Contains(assignment.Role)) && (_principals is null || _principals.Any(assignment.IsFor)))
                    WriteObject(assignment);
            }
        }
    }
}
