using System.Text.Json.Nodes;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>A column as exploring tells it.</summary>
/// <remarks>What Adobe tells for each type of Kusto is not documented. Text, numbers, truth values and datetimes are as in the
/// tutorials; whatever they do not show is a string.</remarks>
internal static class ExploredColumn
{
    public static JsonObject Describe(Column column) => column.Type switch
    {
        KustoType.Bool => Of(column, "boolean", null, new JsonObject { ["type"] = "boolean" }),
        KustoType.Int => Of(column, "integer", "int", Integer(int.MinValue, int.MaxValue)),
        KustoType.Long => Of(column, "integer", "long", Integer(-9007199254740992, 9007199254740992)),
        KustoType.Real or KustoType.Decimal => Of(column, "double", "number", new JsonObject { ["type"] = "number" }),
        KustoType.DateTime => Of(column, "string", "date-time", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
        _ => Of(column, "string", null, new JsonObject { ["type"] = "string" }),
    };

    private static JsonObject Integer(long least, long most) => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };

    private static JsonObject Of(Column column, string type, string? xdmType, JsonObject xdm)
    {
        var described = new JsonObject { ["name"] = column.Name, ["type"] = type };
        if (xdmType is not null) described["meta:xdmType"] = xdmType;
        described["xdm"] = xdm;
        return described;
    }
}
