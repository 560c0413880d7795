using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Adx;

public sealed class AdxDatabasesTests
{
    [Fact]
    public async Task Databases_are_read_by_the_names_of_columns()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => """
            {"Tables":[{"TableName":"Table_0","Columns":[
              {"ColumnName":"PrettyName","DataType":"String"},{"ColumnName":"IsCurrent","DataType":"SByte"},{"ColumnName":"DatabaseId","DataType":"Guid"},
              {"ColumnName":"DatabaseName","DataType":"String"},{"ColumnName":"DatabaseAccessMode","DataType":"String"},{"ColumnName":"Version","DataType":"String"},{"ColumnName":"TotalSize","DataType":"Double"}],
             "Rows":[[null,0,null,"Samples","ReadOnly",null,7],["city-data",1,"3f06213e-1e4f-4c2c-9ef5-0a7bd3a3b2a4","b1","ReadWrite","v2.1",7]]}]}
            """);
        IReadOnlyList<AdxDatabase> databases = await new AdxDatabases(new AdxClient(await server.ConnectAsync())).GetAsync();
        Assert.Equal(["b1", "Samples"], databases.Select(database => database.Name));
        Assert.Equal("city-data", databases[0].PrettyName);
        Assert.Equal("ReadWrite", databases[0].AccessMode);
        Assert.Equal("v2.1", databases[0].Version);
        Assert.Equal(new Guid("3f06213e-1e4f-4c2c-9ef5-0a7bd3a3b2a4"), databases[0].DatabaseId);
        Assert.True(databases[0].IsCurrent);
        Assert.False(databases[1].IsCurrent);
        Assert.Null(databases[1].DatabaseId);
        Assert.Equal("", databases[1].PrettyName);
        Assert.Null(databases[0].TotalSize);
        Assert.Equal("b1", databases[0].ToString());
        Assert.Equal("b1", databases[0].Database);
    }

    [Fact]
    public async Task Details_tell_sizes_and_periods()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => """
            {"Tables":[{"TableName":"Table_0","Columns":[
              {"ColumnName":"DatabaseName","DataType":"String"},{"ColumnName":"TotalSize","DataType":"Double"},{"ColumnName":"NumberOfTables","DataType":"Int32"},
              {"ColumnName":"RetentionPolicy","DataType":"String"},{"ColumnName":"CachingPolicy","DataType":"String"}],
             "Rows":[["D",1024.0,3,"{\"SoftDeletePeriod\":\"365.00:00:00\",\"Recoverability\":\"Enabled\"}","{\"DataHotSpan\":{\"Value\":\"31.00:00:00\"}}"],["E",0.0,0,"null",null]]}]}
            """);
        IReadOnlyList<AdxDatabase> databases = await new AdxDatabases(new AdxClient(await server.ConnectAsync())).GetAsync(details: true);
        Assert.Equal(1024, databases[0].TotalSize);
        Assert.Equal(3, databases[0].TableCount);
        Assert.Equal(TimeSpan.FromDays(365), databases[0].RetentionPeriod);
        Assert.Equal(TimeSpan.FromDays(31), databases[0].CachingPeriod);
        Assert.Null(databases[1].RetentionPeriod);
        Assert.Null(databases[1].CachingPeriod);
        Assert.Contains(".show databases details", server.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_databases_of_the_stand_in_are_seen()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxConnection connection = await AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local() });
        var client = new AdxClient(connection);
        await new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = "T", Columns = [new("a", AdxType.Long)] });
        AdxDatabase database = Assert.Single(await new AdxDatabases(client).GetAsync(details: true), database => database.Name == "NetDefaultDB");
        Assert.True(database.IsCurrent);
        Assert.Equal(1, database.TableCount);
        Assert.NotNull(database.DatabaseId);
    }
}
