using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxRoleAssignmentTests
{
    private const string Id = "4c7e82bd-6adb-46c3-b413-fdd44834c69b";
    private const string Other = "11111111-6adb-46c3-b413-fdd44834c69b";
    private const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    [Theory]
    [InlineData($"aadapp={Id};{Tenant}", $"AADAPP={Id};{Tenant}", "", "", true)]
    [InlineData($"aadapp={Id};contoso.com", $"aadapp={Id};{Tenant}", "", "", true)]
    [InlineData($"aadapp={Id};{Tenant}", $"aadapp={Other};{Tenant}", Id, "", true)]
    [InlineData($"aadapp={Id};{Tenant}", $"aadapp={Other};{Tenant}", "", $"My app (app id: {Id})", true)]
    [InlineData("aaduser=me@contoso.com", $"aaduser={Other};{Tenant}", Other, "Me (upn: me@contoso.com)", true)]
    [InlineData("aaduser=me@contoso.com", "aaduser=ME@contoso.com;contoso.com", "", "", true)]
    [InlineData($"aadapp={Id};{Tenant}", $"aadapp={Id};{Other}", "", "", false)]
    [InlineData($"aadapp={Id};{Tenant}", $"aadapp={Other};{Tenant}", Other, "", false)]
    [InlineData($"aadapp={Id};{Tenant}", $"aaduser={Id};{Tenant}", "", "", false)]
    [InlineData("aadgroup=Ops;contoso.com", "aadgroup=Ops;fabrikam.com", "", "", false)]
    [InlineData("aaduser=me@contoso.com", $"aaduser={Other};{Tenant}", Other, "Me (upn: notme@contoso.com)", false)]
    public void A_principal_is_recognised_however_the_service_writes_it(string asked, string fqn, string objectId, string displayName, bool same)
    {
        var assignment = new AdxRoleAssignment
        {
            Role = AdxRole.Ingestor,
            Scope = AdxRoleScope.Table,
            Database = "D",
            PrincipalFqn = fqn,
            PrincipalObjectId = objectId,
            PrincipalDisplayName = displayName,
        };
        Assert.Equal(same, assignment.IsFor(AdxPrincipal.Parse(asked)));
    }

    [Theory]
    [InlineData("Table StormEvents Ingestor", AdxRoleScope.Table, AdxRole.Ingestor)]
    [InlineData("Table Database Admin Admin", AdxRoleScope.Table, AdxRole.Admin)]
    [InlineData("Database D User", AdxRoleScope.Database, AdxRole.User)]
    [InlineData("Database D UnrestrictedViewer", AdxRoleScope.Database, AdxRole.UnrestrictedViewer)]
    [InlineData("Database D Monitor", AdxRoleScope.Database, AdxRole.Monitor)]
    [InlineData("AllDatabases Admin", AdxRoleScope.Cluster, AdxRole.Admin)]
    [InlineData("All Databases Viewer", AdxRoleScope.Cluster, AdxRole.Viewer)]
    [InlineData("Database D Wizard", AdxRoleScope.Database, AdxRole.Other)]
    public async Task A_role_is_read_from_the_services_words(string text, AdxRoleScope scope, AdxRole role)
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => Principals((text, $"aadapp={Id};{Tenant}")));
        AdxRoleAssignment assignment = Assert.Single(await new AdxRoles(new AdxClient(await server.ConnectAsync())).GetAsync(table: "T"));
        Assert.Equal((scope, role, text), (assignment.Scope, assignment.Role, assignment.RoleText));
        Assert.Equal(scope == AdxRoleScope.Table ? "T" : null, assignment.Table);
        Assert.Empty(assignment.Notes);
    }

    [Fact]
    public async Task What_is_new_after_a_grant_is_told_even_under_another_name()
    {
        bool added = false;
        await using ScriptedServer server = ScriptedServer.Cluster(request =>
        {
            added |= request.Body.Contains(".add table", StringComparison.Ordinal);
            (string, string)[] before = [("Table T Ingestor", $"aadapp={Other};{Tenant}")];
            return Principals(added ? [.. before, ("Table T Ingestor", $"aadapp=22222222-6adb-46c3-b413-fdd44834c69b;{Tenant}")] : before);
        });
        var grant = new AdxIngestorGrant(new AdxRoles(new AdxClient(await server.ConnectAsync())));
        AdxRoleAssignment assignment = Assert.Single(await grant.GrantAsync(AdxPrincipal.Parse($"aadapp={Id};{Tenant}"), "T", AdxDatabaseRole.None));
        Assert.Equal($"aadapp=22222222-6adb-46c3-b413-fdd44834c69b;{Tenant}", assignment.PrincipalFqn);
        Assert.DoesNotContain(server.Requests, request => request.Body.Contains(".set", StringComparison.Ordinal));
    }

    private static string Principals(params (string Role, string Fqn)[] rows) => JsonSerializer.Serialize(new
    {
        Tables = new[]
        {
            new
            {
                TableName = "Table_0",
                Columns = new[] { "Role", "PrincipalType", "PrincipalDisplayName", "PrincipalObjectId", "PrincipalFQN" }.Select(name => new { ColumnName = name, DataType = "String" }),
                Rows = rows.Select(row => new[] { row.Role, "Microsoft Entra application", string.Empty, string.Empty, row.Fqn }),
            },
        },
    });
}
