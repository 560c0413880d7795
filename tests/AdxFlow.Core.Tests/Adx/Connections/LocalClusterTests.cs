using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>The client against the embedded stand-in, which was written from the documentation by other hands.</summary>
public sealed class LocalClusterTests
{
    private const string Application = "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;72f988bf-86f1-41af-91ab-2d7cd011db47";

    private static readonly AdxColumn[] Columns = [new("where", AdxType.Long), new("b c", AdxType.String), new("d.e", AdxType.Decimal)];

    [Fact]
    public async Task One_connects_as_administrator_or_as_a_principal()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxConnection administrator = await OpenAsync(cluster);
        Assert.True(administrator.IsLocal);
        Assert.Equal("administrator", administrator.Principal);
        Assert.Equal(administrator.Cluster, administrator.IngestionUri);
        Assert.Contains("Engine", administrator.ServerVersion, StringComparison.Ordinal);
        Assert.Equal(Application, (await OpenAsync(cluster, Application)).Principal);
    }

    [Theory]
    [InlineData("T")]
    [InlineData("where")]
    [InlineData("a b.c-d é")]
    public async Task A_table_of_any_name_is_made_found_and_listed(string name)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var tables = new AdxTables(new AdxClient(await OpenAsync(cluster)));
        Assert.Null(await tables.FindAsync(name));
        Assert.Empty(await tables.GetAsync());

        AdxTable made = await tables.CreateAsync(new AdxTableDefinition { Name = name, Columns = Columns, Folder = "a'b", DocString = "it's\n\"here\"" });
        Assert.Equal(name, made.Name);
        Assert.Equal("NetDefaultDB", made.Database);
        Assert.Equal(Columns, made.Columns);
        Assert.Equal("a'b", made.Folder);
        Assert.Equal("it's\n\"here\"", made.DocString);
        Assert.Null(made.RowCount);

        AdxTable listed = Assert.Single(await tables.GetAsync(details: true));
        Assert.Equal(Columns, listed.Columns);
        Assert.Equal(0, listed.RowCount);
        Assert.Equal(name, Assert.Single(await tables.GetAsync(name)).Name);
    }

    [Fact]
    public async Task A_name_that_no_table_may_have_arrives_as_it_was_given()
    {
        const string Name = "it's [x] \"q\" \\ //; <|";
        await using LocalCluster cluster = LocalCluster.Start();
        var tables = new AdxTables(new AdxClient(await OpenAsync(cluster)));
        AdxException refused = await Assert.ThrowsAsync<AdxException>(() => tables.CreateAsync(new AdxTableDefinition { Name = Name, Columns = Columns }));
        Assert.Equal("BadRequest_EntityNameIsNotValid", refused.ServiceCode);
        Assert.Contains($"'{Name}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_made_once_or_gets_the_columns_it_lacks()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var tables = new AdxTables(new AdxClient(await OpenAsync(cluster)));
        await tables.CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("a", AdxType.Long)] });
        await tables.CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("a", AdxType.Long)] });
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => tables.CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("b", AdxType.Long)] }));
        Assert.Equal("AdxTableExists", error.ErrorId);
        AdxTable merged = await tables.CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new AdxColumn("b", AdxType.Real)] }, merge: true);
        Assert.Equal(["a:long", "b:real"], merged.Columns.Select(column => column.ToString()));
    }

    [Fact]
    public async Task A_table_is_cleared_and_dropped_and_what_is_not_there_is_told()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var tables = new AdxTables(new AdxClient(await OpenAsync(cluster)));
        await tables.CreateAsync(new AdxTableDefinition { Name = "it.s", Columns = Columns });
        await tables.ClearAsync("it.s");
        Assert.NotNull(await tables.FindAsync("it.s"));
        await tables.DropAsync("it.s");
        Assert.Null(await tables.FindAsync("it.s"));
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => tables.DropAsync("it.s"))).ErrorId);
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => tables.ClearAsync("it.s"))).ErrorId);
    }

    [Fact]
    public async Task A_table_without_columns_or_with_one_twice_is_not_sent()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        var tables = new AdxTables(new AdxClient(await OpenAsync(cluster)));
        long before = cluster.RequestCount;
        Assert.Equal("AdxInvalidTable", (await Assert.ThrowsAsync<AdxException>(() => tables.CreateAsync(new AdxTableDefinition { Name = "T", Columns = [] }))).ErrorId);
        Assert.Equal("AdxInvalidTable", (await Assert.ThrowsAsync<AdxException>(() => tables.CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new("a", AdxType.Int), new("a", AdxType.Int)] }))).ErrorId);
        Assert.Equal("AdxInvalidName", (await Assert.ThrowsAsync<AdxException>(() => tables.CreateAsync(new AdxTableDefinition { Name = "", Columns = Columns }))).ErrorId);
        Assert.Equal(before, cluster.RequestCount);
    }

    [Fact]
    public async Task An_unknown_database_is_told()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxConnection connection = (await OpenAsync(cluster)).WithDatabase("Nowhere");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => new AdxTables(new AdxClient(connection)).GetAsync());
        Assert.Equal("AdxDatabaseNotFound", error.ErrorId);
    }

    [Fact]
    public async Task A_principal_without_a_role_may_not_look_at_a_table()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await new AdxTables(new AdxClient(await OpenAsync(cluster))).CreateAsync(new AdxTableDefinition { Name = "T", Columns = Columns });
        AdxException error = await Assert.ThrowsAsync<AdxException>(async () => await new AdxTables(new AdxClient(await OpenAsync(cluster, Application))).FindAsync("T"));
        Assert.Equal("AdxForbidden", error.ErrorId);
        Assert.Contains(Application, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "User")]
    [InlineData(AdxDatabaseRole.User, "User")]
    [InlineData(AdxDatabaseRole.Ingestor, "Ingestor")]
    public async Task The_right_to_ingest_into_a_table_is_given_with_the_role_it_depends_on(AdxDatabaseRole? databaseRole, string onDatabase)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxIngestorGrant grant = await GrantAsync(cluster, "it.s");
        IReadOnlyList<AdxRoleAssignment> standing = await grant.GrantAsync(AdxPrincipal.Parse(Application), "it.s", databaseRole, notes: "for O'Brien");
        Assert.Equal([$"Database NetDefaultDB {onDatabase}", "Table it.s Ingestor"], standing.Select(assignment => assignment.RoleText));
        Assert.All(standing, assignment => Assert.Equal(Application, assignment.PrincipalFqn));
        Assert.All(standing, assignment => Assert.Equal("for O'Brien", assignment.Notes));
        Assert.Equal([AdxRoleScope.Database, AdxRoleScope.Table], standing.Select(assignment => assignment.Scope));
        Assert.Equal("it.s", standing[1].Table);
    }

    [Fact]
    public async Task Giving_the_right_again_sends_no_change()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxIngestorGrant grant = await GrantAsync(cluster, "T");
        AdxPrincipal principal = AdxPrincipal.Parse(Application);
        IReadOnlyList<AdxRoleAssignment> first = await grant.GrantAsync(principal, "T");
        long before = cluster.RequestCount;
        IReadOnlyList<AdxRoleAssignment> again = await grant.GrantAsync(AdxPrincipal.Parse(Application.ToUpperInvariant()), "T");
        Assert.Equal(first.Select(assignment => assignment.ToString()), again.Select(assignment => assignment.ToString()));
        Assert.Equal(2, cluster.RequestCount - before);
    }

    [Fact]
    public async Task The_right_to_ingest_into_the_whole_database_is_one_role()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxIngestorGrant grant = await GrantAsync(cluster, "T");
        AdxRoleAssignment assignment = Assert.Single(await grant.GrantAsync(AdxPrincipal.Parse(Application)));
        Assert.Equal((AdxRole.Ingestor, AdxRoleScope.Database), (assignment.Role, assignment.Scope));
        Assert.Null(assignment.Table);
    }

    [Fact]
    public async Task Without_a_role_on_the_database_the_service_refuses()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxIngestorGrant grant = await GrantAsync(cluster, "T");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => grant.GrantAsync(AdxPrincipal.Parse(Application), "T", AdxDatabaseRole.None));
        Assert.Equal("AdxCommandFailed", error.ErrorId);
        Assert.Contains("database level", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_is_taken_away_and_nobody_elses_with_it()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxIngestorGrant grant = await GrantAsync(cluster, "T");
        AdxPrincipal principal = AdxPrincipal.Parse(Application);
        AdxPrincipal other = AdxPrincipal.Parse("aaduser=other@contoso.com");
        await grant.GrantAsync(principal, "T");
        await grant.GrantAsync(other, "T");

        Assert.Empty(await grant.RevokeAsync(principal, "T"));
        var roles = new AdxRoles(new AdxClient(await OpenAsync(cluster)));
        Assert.Equal([other.ToString()], (await roles.GetAsync(table: "T")).Where(role => role.Role == AdxRole.Ingestor).Select(role => role.PrincipalFqn));
        Assert.Contains(await roles.GetAsync(), role => role.Role == AdxRole.User && role.PrincipalFqn == Application);

        Assert.Empty(await grant.RevokeAsync(principal, "T", AdxDatabaseRole.User));
        Assert.DoesNotContain(await roles.GetAsync(), role => role.PrincipalFqn == Application);
    }

    [Fact]
    public async Task Who_is_no_administrator_gives_no_right()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await GrantAsync(cluster, "T");
        var grant = new AdxIngestorGrant(new AdxRoles(new AdxClient(await OpenAsync(cluster, Application))));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => grant.GrantAsync(AdxPrincipal.Parse(Application), "T"));
        Assert.Equal("AdxForbidden", error.ErrorId);
    }

    [Fact]
    public async Task Every_type_comes_through_a_query()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await using AdxQueryReader reader = await new AdxClient(await OpenAsync(cluster)).QueryAsync(
            "print b=true, i=int(1), l=9223372036854775807, r=1.5, d=decimal(2.00000000000001), t=datetime(2020-03-04T14:05:01.3109965Z), s=timespan(1.00:00:01.0010001), g=guid(74be27de-1e4e-49d9-b579-fe0b331d3642), x='it\\'s', n=long(null)");
        Assert.True(await reader.NextTableAsync());
        Assert.Equal("b:bool,i:int,l:long,r:real,d:decimal,t:datetime,s:timespan,g:guid,x:string,n:long", string.Join(',', reader.Columns));
        Assert.True(await reader.ReadBlockAsync());
        Assert.Equal(
            [true, 1, long.MaxValue, 1.5, 2.00000000000001m, new DateTime(2020, 3, 4, 14, 5, 1, DateTimeKind.Utc).AddTicks(3109965), TimeSpan.FromTicks(864010010001), Guid.Parse("74be27de-1e4e-49d9-b579-fe0b331d3642"), "it's", null],
            Assert.Single(reader.Rows));
        Assert.False(await reader.ReadBlockAsync());
        Assert.False(await reader.NextTableAsync());
    }

    [Fact]
    public async Task A_syntax_error_is_told_with_its_position()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxClient client = new(await OpenAsync(cluster));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync("print 1 |"));
        Assert.Equal("AdxQueryFailed", error.ErrorId);
        Assert.Equal(AdxErrorKind.InvalidArgument, error.Kind);
        Assert.Matches(@"\[(line:position=)?1[:,]\d+\]", error.Message);
        Assert.True(error.IsPermanent);
    }

    [Fact]
    public async Task A_principal_without_a_role_may_not_query()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxClient client = new(await OpenAsync(cluster, Application));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => client.QueryAsync("print 1"));
        Assert.Equal("AdxForbidden", error.ErrorId);
        Assert.Contains("Viewer or User", error.Message, StringComparison.Ordinal);
    }

    private static async Task<AdxIngestorGrant> GrantAsync(LocalCluster cluster, string table)
    {
        var client = new AdxClient(await OpenAsync(cluster));
        await new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = table, Columns = Columns });
        return new AdxIngestorGrant(new AdxRoles(client));
    }

    private static Task<AdxConnection> OpenAsync(LocalCluster cluster, string? principal = null) =>
        AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local(principal) });
}
