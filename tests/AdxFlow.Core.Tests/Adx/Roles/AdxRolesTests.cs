using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>Roles against the embedded stand-in, which was written from the documentation by other hands.</summary>
public sealed class AdxRolesTests
{
    private const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    private static readonly AdxPrincipal Application = AdxPrincipal.Application("4c7e82bd-6adb-46c3-b413-fdd44834c69b", Tenant);
    private static readonly AdxPrincipal User = AdxPrincipal.Parse("aaduser=ada@contoso.com");
    private static readonly AdxPrincipal Group = AdxPrincipal.Parse("aadgroup=o'brien's team;contoso.com");

    [Theory]
    [InlineData(AdxRole.Admin)]
    [InlineData(AdxRole.Ingestor)]
    [InlineData(AdxRole.Monitor)]
    [InlineData(AdxRole.UnrestrictedViewer)]
    [InlineData(AdxRole.User)]
    [InlineData(AdxRole.Viewer)]
    public async Task Every_role_of_a_database_is_given_once_and_taken_again(AdxRole role)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await RolesAsync(cluster);
        AdxRoleAssignment given = Assert.Single(await roles.GrantAsync(role, Application, notes: "it's why"));
        Assert.Equal((role, AdxRoleScope.Database, null, "it's why"), (given.Role, given.Scope, given.Table, given.Notes));
        await roles.GrantAsync(role, User);

        long before = cluster.RequestCount;
        Assert.Single(await roles.GrantAsync(role, Application));
        Assert.Equal(1, cluster.RequestCount - before);

        Assert.Empty(await roles.RevokeAsync(role, Application));
        before = cluster.RequestCount;
        Assert.Empty(await roles.RevokeAsync(role, Application));
        Assert.Equal(1, cluster.RequestCount - before);
        Assert.Equal(User.ToString(), Assert.Single(await roles.GetAsync()).PrincipalFqn);
    }

    [Fact]
    public async Task Only_the_role_asked_for_is_told_of_a_grant_and_what_is_left_of_a_revocation()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await RolesAsync(cluster, "T");
        await roles.GrantAsync(AdxRole.User, User);
        await roles.GrantAsync(AdxRole.Ingestor, User, table: "T");
        Assert.Equal("Table T Admin", Assert.Single(await roles.GrantAsync(AdxRole.Admin, User, table: "T")).RoleText);
        Assert.Equal("Table T Admin", Assert.Single(await roles.RevokeAsync(AdxRole.Ingestor, User, table: "T")).RoleText);
    }

    [Theory]
    [InlineData(AdxRole.Viewer)]
    [InlineData(AdxRole.User)]
    [InlineData(AdxRole.Other)]
    public async Task A_role_that_a_table_does_not_have_is_not_sent(AdxRole role)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await RolesAsync(cluster, "T");
        long before = cluster.RequestCount;
        Assert.Equal("AdxInvalidRole", (await Assert.ThrowsAsync<AdxException>(() => roles.GrantAsync(role, User, table: "T"))).ErrorId);
        Assert.Equal("AdxInvalidRole", (await Assert.ThrowsAsync<AdxException>(() => roles.RevokeAsync(role, User, table: "T"))).ErrorId);
        Assert.Equal("AdxInvalidRole", (await Assert.ThrowsAsync<AdxException>(() => roles.ReplaceAsync(role, [User], table: "T"))).ErrorId);
        Assert.Equal("AdxInvalidRole", (await Assert.ThrowsAsync<AdxException>(() => roles.GetOthersAsync(role, [User], table: "T"))).ErrorId);
        Assert.Equal(before, cluster.RequestCount);
    }

    [Fact]
    public async Task Who_is_named_by_a_name_loses_the_role_even_if_the_list_has_only_ids()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await using ScriptedServer relay = Relay.To(cluster);
        var roles = new AdxRoles(new AdxClient(await relay.ConnectAsync()));
        await roles.GrantAsync(AdxRole.Viewer, Application);
        await roles.RevokeAsync(AdxRole.Viewer, Group);
        Assert.Contains(relay.Requests, request => request.Body.Contains(".drop database", StringComparison.Ordinal));
        Assert.Single(await roles.GetAsync());
    }

    [Fact]
    public async Task Giving_and_taking_never_send_a_command_that_replaces()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await RolesAsync(cluster, "T");
        await using ScriptedServer relay = Relay.To(cluster);
        var roles = new AdxRoles(new AdxClient(await relay.ConnectAsync()));
        var ingestors = new AdxIngestorGrant(roles);
        foreach (AdxPrincipal principal in new[] { Application, User, Group })
        {
            await ingestors.GrantAsync(principal, "T");
            await ingestors.GrantAsync(principal);
            foreach (AdxRole role in AdxRoles.RolesOf(AdxRoleScope.Database))
                await roles.GrantAsync(role, principal);
            foreach (AdxRole role in AdxRoles.RolesOf(AdxRoleScope.Table))
                await roles.GrantAsync(role, principal, table: "T");
            foreach (AdxRole role in AdxRoles.RolesOf(AdxRoleScope.Table))
                await roles.RevokeAsync(role, principal, table: "T");
            await ingestors.RevokeAsync(principal, "T", AdxDatabaseRole.User);
            await ingestors.RevokeAsync(principal);
            foreach (AdxRole role in AdxRoles.RolesOf(AdxRoleScope.Database))
                await roles.RevokeAsync(role, principal);
        }

        Assert.Contains(relay.Requests, request => request.Body.Contains(".add ", StringComparison.Ordinal));
        Assert.Contains(relay.Requests, request => request.Body.Contains(".drop ", StringComparison.Ordinal));
        Assert.DoesNotContain(relay.Requests, request => request.Body.Contains(".set", StringComparison.OrdinalIgnoreCase));
        await roles.ReplaceAsync(AdxRole.Viewer, []);
        Assert.Contains(relay.Requests, request => request.Body.Contains(".set database", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_role_on_the_database_is_given_for_a_table_that_is_not_there()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await RolesAsync(cluster);
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => new AdxIngestorGrant(roles).GrantAsync(Application, "Typo"));
        Assert.Equal("AdxTableNotFound", error.ErrorId);
        Assert.Empty(await roles.GetAsync());
    }

    [Theory]
    [InlineData(".add table", "has the role User on database 'NetDefaultDB' by now")]
    [InlineData(".drop database", "does not have the role Ingestor on table 'T' any more")]
    public async Task What_was_done_before_an_error_is_told_with_it(string refused, string told)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await RolesAsync(cluster, "T");
        await using ScriptedServer relay = Relay.To(cluster, request => request.Body.Contains(refused, StringComparison.Ordinal) ? ScriptedAnswer.Of(403, """{"error":{"code":"Forbidden","@message":"No."}}""") : null);
        var ingestors = new AdxIngestorGrant(new AdxRoles(new AdxClient(await relay.ConnectAsync())));
        AdxException error = await Assert.ThrowsAsync<AdxException>(async () =>
        {
            await ingestors.GrantAsync(Application, "T");
            await ingestors.RevokeAsync(Application, "T", AdxDatabaseRole.User);
        });
        Assert.Equal(("AdxForbidden", 403), (error.ErrorId, error.StatusCode));
        Assert.StartsWith("No. ", error.Message, StringComparison.Ordinal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_cannot_be_read_back_is_told_as_done()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        bool isDone = false;
        await using ScriptedServer relay = Relay.To(cluster, request =>
        {
            isDone |= request.Body.Contains(".add ", StringComparison.Ordinal) || request.Body.Contains(".create ", StringComparison.Ordinal);
            return isDone && request.Body.Contains(".show ", StringComparison.Ordinal) ? ScriptedAnswer.Of(400, "Busy.") : null;
        });
        var client = new AdxClient(await relay.ConnectAsync());
        AdxException given = await Assert.ThrowsAsync<AdxException>(() => new AdxRoles(client).GrantAsync(AdxRole.Viewer, User));
        Assert.Equal("Busy. The roles were changed all the same; they could only not be read back.", given.Message);
        AdxException made = await Assert.ThrowsAsync<AdxException>(() => new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("a", AdxType.Long)] }));
        Assert.Equal("Busy. Table 'T' is there by now; it could only not be read back.", made.Message);
    }

    [Fact]
    public async Task A_role_is_replaced_and_it_is_known_before_who_loses_it()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await RolesAsync(cluster, "T");
        foreach (AdxPrincipal principal in new[] { Application, User, Group })
            await roles.GrantAsync(AdxRole.Viewer, principal);
        await roles.GrantAsync(AdxRole.Monitor, User);

        Assert.Equal([User.ToString(), Group.ToString()], (await roles.GetOthersAsync(AdxRole.Viewer, [Application])).Select(role => role.PrincipalFqn));
        IReadOnlyList<AdxRoleAssignment> standing = await roles.ReplaceAsync(AdxRole.Viewer, [Application, Group]);
        Assert.Equal([Application.ToString(), Group.ToString()], standing.Select(role => role.PrincipalFqn).Order());
        Assert.Empty(await roles.ReplaceAsync(AdxRole.Viewer, []));
        Assert.Equal(AdxRole.Monitor, Assert.Single(await roles.GetAsync()).Role);

        await roles.GrantAsync(AdxRole.User, User);
        Assert.Equal("Table T Ingestor", Assert.Single(await roles.ReplaceAsync(AdxRole.Ingestor, [User], table: "T")).RoleText);
    }

    [Fact]
    public async Task A_principal_is_told_its_own_roles()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await RolesAsync(cluster, "T");
        await roles.GrantAsync(AdxRole.User, Application);
        await roles.GrantAsync(AdxRole.Ingestor, Application, table: "T");
        AdxRoles own = new(new AdxClient(await OpenAsync(cluster, Application.ToString())));
        Assert.Equal(["Database NetDefaultDB User"], (await own.GetOwnAsync("NetDefaultDB", null, CancellationToken.None)).Select(role => role.RoleText));
        AdxRoleAssignment onTable = Assert.Single(await own.GetOwnAsync("NetDefaultDB", "T", CancellationToken.None), role => role.Scope == AdxRoleScope.Table);
        Assert.Equal((AdxRole.Ingestor, "T", Application.ToString()), (onTable.Role, onTable.Table, onTable.PrincipalFqn));
    }

    private static async Task<AdxRoles> RolesAsync(LocalCluster cluster, string? table = null)
    {
        var client = new AdxClient(await OpenAsync(cluster, null));
        if (table is not null)
            await new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = table, Columns = [new AdxColumn("a", AdxType.Long)] });
        return new AdxRoles(client);
    }

    private static Task<AdxConnection> OpenAsync(LocalCluster cluster, string? principal) =>
        AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local(principal) });
}
