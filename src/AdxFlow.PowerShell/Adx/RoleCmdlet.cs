using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>What Grant- and Revoke-AdxRole share: which role, of whom, and where.</summary>
public abstract class RoleCmdlet : PrincipalCmdlet
{
    private protected const string AssignmentSet = "Assignment";

    /// <summary>The role: on a database Admin, Ingestor, Monitor, UnrestrictedViewer, User or Viewer, on a table Admin or Ingestor; of an assignment its own by default.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PrincipalSet)]
    [Parameter(Mandatory = true, ParameterSetName = ApplicationSet)]
    [Parameter(Mandatory = true, ParameterSetName = ManagedIdentitySet)]
    [Parameter(ParameterSetName = AssignmentSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>A role that somebody has, as Get-AdxRole writes it: its principal, role, database and table are meant, where no others are given.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AssignmentSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AdxRoleAssignment? InputObject { get; set; }

    private protected AdxRoles Roles => new(Client);

    /// <summary>What is asked for, once for each principal.</summary>
    private protected IEnumerable<RoleRequest> Requests()
    {
        AdxRole? given = Role is null ? null : ParseRole(Role);
        if (ParameterSetName != AssignmentSet)
            return Who().Select(principal => new RoleRequest(given!.Value, principal, Connected.Database, Table));
        AdxRoleAssignment assignment = InputObject!;
        if (assignment.Scope == AdxRoleScope.Cluster && Table is null && Database is null)
        {
            WriteError(new AdxException("AdxInvalidRole", AdxErrorKind.InvalidArgument, $"'{assignment.RoleText}' is a role on the whole cluster, which no command gives or takes.")
            {
                RecommendedAction = "Change it in the Azure portal, under the cluster's permissions; or give -Database or -Table for a role there.",
            }.ToErrorRecord(assignment));
            return [];
        }
        return Read(assignment.PrincipalFqn).Select(principal => new RoleRequest(given ?? assignment.Role, principal, Database ?? assignment.Database, Table ?? assignment.Table));
    }
}
