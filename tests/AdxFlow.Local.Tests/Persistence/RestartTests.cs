using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>What a stand-in with a folder has after it was started again.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_of_all_types_are_there_with_their_nulls()
    {
        const string Columns = "b:bool, i:int, l:long, r:real, c:decimal, t:datetime, s:timespan, g:guid, x:string, d:dynamic";
        const string Query = "T | sort by l asc | extend k = gettype(d)";
        string[] before = await RunAsync(async client =>
        {
            await client.RunAsync($".create table T ({Columns})");
            await client.RunAsync(".ingest inline into table T <|true,1,1,1.5,1234567890.123456789012345678901234,2026-01-02T03:04:05.1234567Z,1.02:03:04,74be27de-1e4e-49d9-b579-fe0b331d3642,žluť,\"{\"\"a\"\":[1,2.5,null]}\"\n,,,,,,,,,");
            await client.RunAsync(".set-or-append T <| print b=false, i=int(2), l=2, r=real(nan), c=decimal(1), t=datetime(2026-01-01), s=1h, g=guid(null), x='\\u0001', d=dynamic({'when': datetime(2026-01-01), 'n': [1, 'x', true, decimal(1.10)]})");
            return await RowsAsync(client, Query);
        });
        Assert.Equal(3, before.Length);
        Assert.Equal(before, await RunAsync(client => RowsAsync(client, Query)));
        Assert.Equal(before, await RunAsync(client => RowsAsync(client, Query)));
    }

    [Fact]
    public async Task Many_rows_go_into_a_file_of_their_own_and_come_back()
    {
        const string Query = "T | summarize count(), sum(n), dcount(s), max(u)";
        string[] before = await RunAsync(async client =>
        {
            await client.RunAsync(".set T <| range n from 1 to 200000 step 1 | extend s = tostring(n % 7), u = strcat('text ', n)");
            return await RowsAsync(client, Query);
        });
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder.Path, "rows")));
        Assert.Equal(before, await RunAsync(client => RowsAsync(client, Query)));
    }

    [Fact]
    public async Task Schemas_mappings_policies_and_roles_are_as_they_were()
    {
        string[] commands =
        [
            ".show database NetDefaultDB schema", ".show tables details", ".show table A ingestion mappings", ".show database Other ingestion mappings",
            ".show table A policy ingestionbatching", ".show database NetDefaultDB policy retention", ".show table A principals", ".show database NetDefaultDB principals", ".show databases identity",
        ];
        string[] before = await RunAsync(async client =>
        {
            await client.RunAsync(".create database Other volatile");
            await client.RunAsync(".create table A (n:long) with (folder='F', docstring='about A')");
            await client.RunAsync(".create table Gone (n:long)");
            await client.RunAsync(".alter-merge table A (s:string)");
            await client.RunAsync(".create table A ingestion csv mapping 'M' '[{\"Column\":\"n\",\"Properties\":{\"Ordinal\":\"1\"}}]'");
            await client.RunAsync(".create-or-alter database Other ingestion json mapping 'D' '[{\"Column\":\"n\",\"Properties\":{\"Path\":\"$.n\"}}]'");
            await client.RunAsync(".alter table A policy ingestionbatching @'{\"MaximumNumberOfItems\": 7}'");
            await client.RunAsync(".alter database NetDefaultDB policy retention @'{\"SoftDeletePeriod\": \"30.00:00:00\"}'");
            await client.RunAsync(".add database NetDefaultDB users ('aaduser=a@b.c') 'note'");
            await client.RunAsync(".add table A ingestors ('aaduser=a@b.c')");
            await client.RunAsync(".drop table Gone");
            return await AnswersAsync(client, commands);
        });
        Assert.Equal(before, await RunAsync(client => AnswersAsync(client, commands)));
        Assert.Equal(before, await RunAsync(client => AnswersAsync(client, commands)));
    }

    [Fact]
    public async Task The_database_of_a_new_folder_keeps_its_id()
    {
        const string Command = ".show database identity | project DatabaseId";
        string[] before = await RunAsync(client => AnswersAsync(client, [Command]));
        Assert.Equal(before, await RunAsync(client => AnswersAsync(client, [Command])));
    }

    [Fact]
    public async Task Extents_have_their_ids_tags_and_times_and_dropped_ones_do_not_come_back()
    {
        string[] commands =
        [
            ".show database extents | sort by MaxCreatedOn asc, ExtentId asc", ".show table Large details",
            ".append Told <| union (Small | project n, id = extent_id(), at = ingestion_time(), tags = extent_tags()), (Large | top 1 by n | project n, id = extent_id(), at = ingestion_time(), tags = extent_tags())",
        ];
        const string Query = "Told | distinct n, id, at, t = tostring(tags) | sort by n asc";
        string[] before = await RunAsync(async client =>
        {
            await client.RunAsync(".create tables Small (n:long), Large (n:long), Told (n:long, id:guid, at:datetime, tags:dynamic)");
            await client.RunAsync(".ingest inline into table Small with (tags='[\"a\",\"ingest-by:b\"]', creationTime='2020-01-01') <|\n1\n2");
            await client.RunAsync(".ingest inline into table Small with (tags='[\"ingest-by:gone\"]') <|\n3");
            await client.RunAsync(".append Large <| range n from 1 to 100000 step 1");
            await client.RunAsync(".append Large with (tags='[\"drop-by:x\"]') <| range n from 100001 to 200000 step 1");
            await client.RunAsync(".append Large with (tags='[\"y\"]') <| print n = 200001");
            await client.RunAsync(".drop extents <| .show database extents where tags contains 'drop-by:x'");
            await client.RunAsync(".drop extents <| .show database extents where tags has 'ingest-by:gone'");
            return await AnswersAsync(client, commands[..2]);
        });
        string[] told = await RunAsync(async client =>
        {
            Assert.Equal(before, await AnswersAsync(client, commands[..2]));
            await AnswersAsync(client, commands[2..]);
            Assert.Equal(["100001"], await RowsAsync(client, "Large | count"));
            return await RowsAsync(client, Query);
        });
        Assert.Equal(3, told.Length);
        await RunAsync(async client =>
        {
            await AnswersAsync(client, commands[2..]);
            Assert.Equal(told, await RowsAsync(client, Query));
            using HttpResponseMessage known = await client.CommandAsync(".ingest inline into table Small with (ingestIfNotExists='[\"b\"]') <|\n4");
            Assert.NotEqual(System.Net.HttpStatusCode.OK, known.StatusCode);
            using HttpResponseMessage gone = await client.CommandAsync(".ingest inline into table Small with (ingestIfNotExists='[\"gone\"]') <|\n4");
            Assert.Equal(System.Net.HttpStatusCode.OK, gone.StatusCode);
            return 0;
        });
    }

    [Fact]
    public async Task Dropped_cleared_and_replaced_rows_do_not_come_back()
    {
        await RunAsync(async client =>
        {
            foreach (string table in (string[])["Dropped", "Cleared", "Replaced", "Recreated"])
                await client.RunAsync($".set {table} <| range n from 1 to 10000 step 1");
            await client.RunAsync(".drop table Dropped");
            await client.RunAsync(".create table Dropped (n:long)");
            await client.RunAsync(".clear table Cleared data");
            await client.RunAsync(".set-or-replace Replaced <| range n from 1 to 3 step 1");
            await client.RunAsync(".set-or-replace Recreated with (recreate_schema=true) <| print a='x', b=1");
            return 0;
        });
        await RunAsync(async client =>
        {
            Assert.Equal(["0"], await RowsAsync(client, "Dropped | count"));
            Assert.Equal(["0"], await RowsAsync(client, "Cleared | count"));
            Assert.Equal(["3"], await RowsAsync(client, "Replaced | count"));
            Assert.Equal(["x,1"], await RowsAsync(client, "Recreated"));
            return 0;
        });
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "rows")));
    }

    [Fact]
    public async Task Tags_operations_and_failures_are_remembered()
    {
        string operation = "";
        string[] commands = [".show operations | project OperationId, State", ".show ingestion failures | project OperationId, ErrorCode"];
        string[] before = await RunAsync(async client =>
        {
            await client.RunAsync(".create table T (n:long)");
            string url = await client.UploadAsync("a.csv", "1\n2"u8.ToArray());
            using HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true, tags = new[] { "ingest-by:once" } }, url);
            operation = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ingestionOperationId").GetString()!;
            await client.WaitAsync("T", operation);
            await client.IngestAsync("T", "\"open", new { format = "csv", enableTracking = true });
            await client.RunAsync(".ingest inline into table T <| 3");
            return await AnswersAsync(client, commands);
        });
        await RunAsync(async client =>
        {
            Assert.Equal(before, await AnswersAsync(client, commands));
            JsonElement status = await client.WaitAsync("T", operation);
            Assert.Equal(1, status.GetProperty("status").GetProperty("Succeeded").GetInt32());
            JsonElement again = await client.IngestAsync("T", "1", new { format = "csv", enableTracking = true, ingestIfNotExists = new[] { "once" } });
            Assert.Equal("Skipped_IngestByTagAlreadyExists", again.GetProperty("errorCode").GetString());
            return 0;
        });
    }

    [Fact]
    public async Task Failed_streaming_requests_stay_counted_and_those_of_the_same_minute_are_added()
    {
        string before = "";
        var clock = new ManualClock();
        for (int start = 1; start <= 3; start++)
        {
            using var cluster = LocalCluster.Start(new LocalClusterOptions { Path = _folder.Path, Clock = clock });
            using var client = new LocalClient(cluster);
            Dictionary<string, JsonElement>[] kept = [.. await client.RunAsync(".show streamingingestion failures")];
            Assert.Equal(before, string.Join(';', kept.Select(r => string.Join(',', r.Values))));
            using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/None?streamFormat=csv", new StringContent("1"));
            Assert.False(response.IsSuccessStatusCode);
            Dictionary<string, JsonElement> failure = Assert.Single(await client.RunAsync(".show streamingingestion failures"));
            Assert.Equal(start, failure["Count"].GetInt64());
            before = string.Join(',', failure.Values);
        }
    }

    [Fact]
    public async Task What_waits_in_a_batch_is_ingested_after_a_restart_at_another_port()
    {
        string operation;
        using (var cluster = LocalCluster.Start(new LocalClusterOptions { Path = _folder.Path, SimulateBatching = true }))
        using (var client = new LocalClient(cluster))
        {
            await client.RunAsync(".create table T (n:long)");
            string url = await client.UploadAsync("a.csv", "1\n2"u8.ToArray());
            using HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true, deleteAfterDownload = true }, url);
            operation = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ingestionOperationId").GetString()!;
        }

        await RunAsync(async client =>
        {
            JsonElement status = await client.WaitAsync("T", operation);
            Assert.Equal(1, status.GetProperty("status").GetProperty("Succeeded").GetInt32());
            Assert.Equal(["2"], await RowsAsync(client, "T | count"));
            return 0;
        });
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "blobs")));
    }

    [Fact]
    public async Task Blocks_blobs_and_rights_to_them_outlive_a_restart()
    {
        string address = await RunAsync(async client =>
        {
            string blob = await client.BlobAddressAsync("b.csv");
            using HttpResponseMessage block = await client.SendAsync(HttpMethod.Put, blob + "&comp=block&blockid=QQ==", new ByteArrayContent("1,2\n"u8.ToArray()));
            Assert.True(block.IsSuccessStatusCode);
            return blob;
        });
        address = await RunAsync(async (client, cluster) =>
        {
            string here = new UriBuilder(address) { Port = cluster.Port }.Uri.AbsoluteUri;
            using HttpResponseMessage list = await client.SendAsync(HttpMethod.Put, here + "&comp=blocklist", new StringContent("<BlockList><Latest>QQ==</Latest></BlockList>"));
            Assert.True(list.IsSuccessStatusCode);
            return here;
        });
        await RunAsync(async (client, cluster) =>
        {
            using HttpResponseMessage blob = await client.SendAsync(HttpMethod.Get, new UriBuilder(address) { Port = cluster.Port }.Uri.AbsoluteUri);
            Assert.Equal("1,2\n", await blob.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return 0;
        });
    }

    private Task<T> RunAsync<T>(Func<LocalClient, Task<T>> act) => RunAsync((client, _) => act(client));

    private async Task<T> RunAsync<T>(Func<LocalClient, LocalCluster, Task<T>> act)
    {
        using LocalCluster cluster = _folder.Start();
        using var client = new LocalClient(cluster);
        return await act(client, cluster);
    }

    private static async Task<string[]> RowsAsync(LocalClient client, string query) =>
        [.. (await client.QueryAsync(query)).Select(row => string.Join(',', row.Values))];

    private static async Task<string[]> AnswersAsync(LocalClient client, string[] commands)
    {
        var answers = new List<string>();
        foreach (string command in commands)
        {
            var text = new StringBuilder(command);
            foreach (Dictionary<string, JsonElement> row in await client.RunAsync(command))
                text.Append('\n').AppendJoin(',', row.Values);
            answers.Add(text.ToString());
        }

        return [.. answers];
    }
}
