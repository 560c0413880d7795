using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Flow;

/// <summary>Everything that a flow from a table needs, made with the requests of Adobe's tutorials; the flow itself is up to the test.</summary>
internal sealed class Dataflow : IAsyncDisposable
{
    public const string Spec = "14518937-270c-4525-bdec-c2ba7cce3860";
    public const string DataLake = "c604ff05-7f1a-43c0-8e18-33bf874cb11c";

    private readonly LocalFlowOptions _options;
    private readonly string? _path;

    private Dataflow(LocalFlowOptions? options, string? path)
    {
        _options = options ?? new LocalFlowOptions();
        _path = path;
        Start();
    }

    public ManualClock Clock { get; } = new();

    public LocalCluster Cluster { get; private set; }

    public LocalClient Adx { get; private set; }

    public AdobeClient Client { get; private set; } = null!;

    public string Tenant { get; private set; } = "";

    public string SchemaId { get; private set; } = "";

    public string DataSetId { get; private set; } = "";

    public string MappingId { get; private set; } = "";

    public string ConnectionId { get; private set; } = "";

    public string SourceId { get; private set; } = "";

    public string TargetId { get; private set; } = "";

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static object Copy => new { name = "Copy", @params = new { deltaColumn = new { name = "At", dateFormat = "yyyy-MM-dd HH:mm:ss", timezone = "UTC" } } };

    public object Mapping => new { name = "Mapping", @params = new { mappingId = MappingId, mappingVersion = 0 } };

    /// <param name="options">How Adobe's side behaves.</param>
    /// <param name="path">A folder to keep all in.</param>
    public static async Task<Dataflow> StartAsync(LocalFlowOptions? options = null, string? path = null)
    {
        var dataflow = new Dataflow(options, path);
        await dataflow.PrepareAsync();
        return dataflow;
    }

    /// <summary>Starts another stand-in on the folder, at another port, with the client and its token as they were.</summary>
    /// <param name="away">How long there is none.</param>
    public async Task RestartAsync(TimeSpan away = default)
    {
        await Cluster.DisposeAsync();
        Adx.Dispose();
        Clock.Advance(away);
        Start();
        using AdobeClient before = Client;
        Client = before.At(Cluster);
    }

    /// <summary>A field group and a schema with the fields id (integer), name (string) and at (date-time).</summary>
    public async Task<string> CreateSchemaAsync(string title)
    {
        var properties = new Dictionary<string, object>
        {
            ["_" + Tenant] = new
            {
                type = "object",
                properties = new { id = new { type = "integer" }, name = new { type = "string" }, amount = new { type = "number" }, at = new { type = "string", format = "date-time" } },
            },
        };
        var group = new Dictionary<string, object>
        {
            ["title"] = title + " fields",
            ["type"] = "object",
            ["meta:intendedToExtend"] = new[] { "https://ns.adobe.com/xdm/context/profile" },
            ["definitions"] = new { table = new { properties } },
            ["allOf"] = new[] { new Dictionary<string, string> { ["$ref"] = "#/definitions/table" } },
        };
        JsonNode fields = await Client.ExpectAsync(201, HttpMethod.Post, "schemaregistry/tenant/fieldgroups", group);
        var schema = new
        {
            type = "object",
            title,
            allOf = new[] { "https://ns.adobe.com/xdm/context/profile", fields["$id"]!.GetValue<string>() }.Select(r => new Dictionary<string, string> { ["$ref"] = r }),
        };
        return (await Client.ExpectAsync(201, HttpMethod.Post, "schemaregistry/tenant/schemas", schema))["$id"]!.GetValue<string>();
    }

    public async Task<string> CreateDataSetAsync(string name, string schema)
    {
        JsonNode made = await Client.ExpectAsync(201, HttpMethod.Post, "catalog/dataSets?requestDataSource=true", new { name, schemaRef = new { id = schema, contentType = "application/vnd.adobe.xed+json;version=1" } });
        return made[0]!.GetValue<string>()["@/dataSets/".Length..];
    }

    public static object MappingSet(string schema, params (string Source, string Destination)[] fields) => new
    {
        name = "Orders",
        outputSchema = new { schemaRef = new { id = schema, contentType = "application/vnd.adobe.xed-full+json;version=1" } },
        mappings = fields.Select(f => new { sourceType = "ATTRIBUTE", source = f.Source, destination = f.Destination }),
    };

    public async Task<string> CreateMappingAsync(string schema)
    {
        JsonNode made = await Client.ExpectAsync(200, HttpMethod.Post, "conversion/mappingSets", MappingSet(schema, ("Id", $"_{Tenant}.id"), ("Name", "person.name.fullName"), ("Amount", $"_{Tenant}.amount"), ("At", $"_{Tenant}.at")));
        return made["id"]!.GetValue<string>();
    }

    /// <summary>A flow that runs once, or with a schedule of one's own.</summary>
    public object Flow(object? schedule = null, object[]? transformations = null, object? options = null, string name = "Orders") => new
    {
        name,
        description = "Orders to Experience Platform",
        flowSpec = new { id = Spec, version = "1.0" },
        sourceConnectionIds = new[] { SourceId },
        targetConnectionIds = new[] { TargetId },
        transformations = transformations ?? [Mapping],
        scheduleParams = schedule ?? new { startTime = Now, frequency = "once" },
        options,
    };

    public Task<string> CreateFlowAsync(object? schedule = null, object[]? transformations = null, object? options = null) =>
        Client.CreateAsync("flows", Flow(schedule, transformations, options));

    /// <summary>The runs of a flow, the first one first.</summary>
    public async Task<JsonNode[]> RunsAsync(string flow) =>
        [.. (await Client.GetAsync($"runs?property=flowId=={flow}&limit=100"))["items"]!.AsArray().Select(r => r!).Reverse()];

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        Adx.Dispose();
        await Cluster.DisposeAsync();
    }

    [MemberNotNull(nameof(Cluster), nameof(Adx))]
    private void Start()
    {
        Cluster = LocalCluster.Start(new LocalClusterOptions { Clock = Clock, Flow = _options, Path = _path });
        Adx = new LocalClient(Cluster);
    }

    private async Task PrepareAsync()
    {
        await Adx.RunAsync(".create table Orders (Id:long, Name:string, Amount:string, At:datetime)");
        await Adx.RunAsync($".add database NetDefaultDB viewers ('aadapp={AdobeClient.Application};contoso.com')");
        Client = await AdobeClient.ConnectAsync(Cluster);
        Tenant = (await Client.ExpectAsync(200, HttpMethod.Get, "schemaregistry/stats"))["tenantId"]!.GetValue<string>();
        SchemaId = await CreateSchemaAsync("Orders");
        DataSetId = await CreateDataSetAsync("Orders", SchemaId);
        MappingId = await CreateMappingAsync(SchemaId);
        ConnectionId = await Client.CreateAsync("connections", Client.Connection());
        SourceId = await Client.CreateAsync("sourceConnections", await SourceAsync("Orders"));
        TargetId = await Client.CreateAsync("targetConnections", Target(DataSetId));
    }

    public async Task<object> SourceAsync(string table) => new
    {
        name = table,
        baseConnectionId = ConnectionId,
        data = new { format = "tabular" },
        @params = new { tableName = table, columns = (await Client.GetAsync($"connections/{ConnectionId}/explore?objectType=table&object={table}"))["schema"]!["columns"] },
        connectionSpec = new { id = AdobeClient.DataExplorer, version = "1.0" },
    };

    public object Target(string dataSet) => new
    {
        name = "Orders",
        data = new { schema = new { id = SchemaId, version = "application/vnd.adobe.xed-full+json;version=1" } },
        @params = new { dataSetId = dataSet },
        connectionSpec = new { id = DataLake, version = "1.0" },
    };
}
