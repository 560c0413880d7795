using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Storage.Tables;

/// <summary>Tables over HTTP: insert, get, merge, replace and delete an entity by its keys. No queries.</summary>
/// <remarks>Source: Microsoft Learn, "Table service REST API".</remarks>
internal static class TableEndpoint
{
    private const int MaxEntity = 1024 * 1024;

    /// <summary>The permissions of which a signature needs one.</summary>
    public static string Permissions(Exchange exchange) => Verb(exchange) switch
    {
        "POST" => "a",
        "PUT" or "PATCH" or "MERGE" => "u",
        "DELETE" => "d",
        _ => "r",
    };

    public static async Task HandleAsync(Exchange exchange, StoragePath path, CancellationToken cancel)
    {
        string address = path.Rest.Length > 0 ? $"{path.Resource}/{path.Rest}" : path.Resource;
        string name = address.Split('(')[0];
        EntityTable table = path.Account.Table(name) ?? throw new StorageException(404, "TableNotFound", "The table specified does not exist.");
        string keys = address[name.Length..];
        if (keys is "" or "()")
        {
            if (Verb(exchange) != "POST") throw new StorageException(501, "NotImplemented", "The local stand-in answers no queries on tables; ask for an entity by its keys.");
            await InsertAsync(exchange, table, cancel);
            return;
        }

        (string partition, string row) = ReadKeys(keys) ?? throw new StorageException(400, "InvalidUri", "The keys of the entity are malformed.");
        switch (Verb(exchange))
        {
            case "GET":
                JsonObject found = table.Find(partition, row) ?? throw NotFound();
                await SendAsync(exchange, 200, found);
                break;
            case "DELETE":
                if (!table.Delete(partition, row)) throw NotFound();
                await exchange.SendAsync(204, null, default, cancel);
                break;
            case "PUT":
                Demand(exchange, table, partition, row);
                table.Replace(partition, row, await ReadAsync(exchange, cancel));
                await SendNoContentAsync(exchange);
                break;
            case "PATCH" or "MERGE":
                Demand(exchange, table, partition, row);
                table.Merge(partition, row, await ReadAsync(exchange, cancel));
                await SendNoContentAsync(exchange);
                break;
            default:
                throw StorageException.WrongVerb();
        }
    }

    /// <summary>The body of an error in the form of the table service.</summary>
    public static byte[] ErrorBody(string code, string message) => LocalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("odata.error");
        writer.WriteString("code", code);
        writer.WriteStartObject("message");
        writer.WriteString("lang", "en-US");
        writer.WriteString("value", message);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The verb, which may be tunnelled through POST.</summary>
    private static string Verb(Exchange exchange) =>
        exchange.Method == "POST" && exchange.Header("X-HTTP-Method") is { Length: > 0 } tunnelled ? tunnelled.ToUpperInvariant() : exchange.Method;

    private static async Task InsertAsync(Exchange exchange, EntityTable table, CancellationToken cancel)
    {
        JsonObject entity = await ReadAsync(exchange, cancel);
        if (Key(entity, "PartitionKey") is not { } partition || Key(entity, "RowKey") is not { } row)
            throw new StorageException(400, "PropertiesNeedValue", "The values are not specified for all properties in the entity.");
        if (!table.Insert(partition, row, entity)) throw new StorageException(409, "EntityAlreadyExists", "The specified entity already exists.");
        if (exchange.Header("Prefer")?.Contains("return-no-content", StringComparison.OrdinalIgnoreCase) == true)
            await SendNoContentAsync(exchange);
        else
            await SendAsync(exchange, 201, table.Find(partition, row)!);
    }

    /// <summary>With If-Match an entity must be there; without, it is made.</summary>
    private static void Demand(Exchange exchange, EntityTable table, string partition, string row)
    {
        if (exchange.Header("If-Match") is { Length: > 0 } && table.Find(partition, row) is null) throw NotFound();
    }

    private static async Task<JsonObject> ReadAsync(Exchange exchange, CancellationToken cancel)
    {
        byte[] body;
        try
        {
            body = await exchange.ReadBodyAsync(MaxEntity, cancel);
        }
        catch (ServiceException e) when (e.Status == 413)
        {
            throw StorageException.TooLarge();
        }

        try
        {
            return LocalJson.ParseNode(body) as JsonObject ?? throw Malformed();
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    private static string? Key(JsonObject entity, string name) => entity[name] is JsonValue value && value.TryGetValue(out string? key) ? key : null;

    /// <summary>Reads <c>(PartitionKey='…',RowKey='…')</c>, where a quote is doubled; null where it is malformed.</summary>
    private static (string Partition, string Row)? ReadKeys(string text)
    {
        if (!text.StartsWith('(') || !text.EndsWith(')')) return null;
        string? partition = null;
        string? row = null;
        int at = 1;
        while (at < text.Length - 1)
        {
            int equals = text.IndexOf("='", at, StringComparison.Ordinal);
            if (equals < 0) return null;
            string name = text[at..equals].Trim();
            at = equals + 2;
            var value = new StringBuilder();
            while (at < text.Length - 1 && (text[at] != '\'' || text[at + 1] == '\''))
            {
                if (text[at] == '\'') at++;
                value.Append(text[at++]);
            }

            if (at >= text.Length - 1) return null;
            at++;
            if (name == "PartitionKey") partition = value.ToString();
            else if (name == "RowKey") row = value.ToString();
            else return null;
            if (text[at] == ',') at++;
        }

        return partition is not null && row is not null ? (partition, row) : null;
    }

    private static Task SendNoContentAsync(Exchange exchange)
    {
        exchange.SetHeader("Preference-Applied", "return-no-content");
        return exchange.SendAsync(204, null, default);
    }

    private static Task SendAsync(Exchange exchange, int status, JsonObject entity) =>
        exchange.SendAsync(status, "application/json;odata=minimalmetadata;streaming=true;charset=utf-8", Encoding.UTF8.GetBytes(entity.ToJsonString(LocalJson.Serializer)));

    private static StorageException NotFound() => new(404, "ResourceNotFound", "The specified resource does not exist.");

    private static StorageException Malformed() => new(400, "InvalidInput", "One of the request inputs is not valid.");
}
