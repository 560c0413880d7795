using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Support;

/// <summary>Completes the roles that can be given: those of a table where one is named, else those of a database.</summary>
public sealed class RoleCompleter : IArgumentCompleter
{
    /// <summary>The roles that begin with what was typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        bool onTable = fakeBoundParameters?.Contains("Table") == true;
        return AdxRoles.RolesOf(onTable ? AdxRoleScope.Table : AdxRoleScope.Database)
            .Select(static role => role.ToString())
            .Where(role => role.StartsWith((wordToComplete ?? "").Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(static role => new CompletionResult(role));
    }
}
