using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>
/// What part of a list a request wants: which entries, in what order, how many, and after which one. The token of the next
/// page holds all of it, so that its address needs nothing else.
/// </summary>
/// <remarks>Source: Experience League, "Sort and filter responses in the Flow Service API".</remarks>
internal sealed class ResourcePage
{
    private const int MostEntries = 100;

    private static readonly HashSet<string> Sortable = new(StringComparer.Ordinal) { "id", "name", "description", "createdAt", "updatedAt", "state", "flowId" };

    private readonly IReadOnlyList<string> _filters;
    private readonly string _order;
    private readonly int _limit;
    private readonly string? _after;
    private readonly string? _afterId;

    private ResourcePage(IReadOnlyList<string> filters, string order, int limit, string? after, string? afterId)
    {
        _filters = filters;
        _order = order;
        _limit = limit;
        _after = after;
        _afterId = afterId;
    }

    /// <summary>True for the number of entries in their place.</summary>
    public bool CountsOnly { get; private init; }

    /// <exception cref="FlowException">A parameter cannot be read, or two exclude each other.</exception>
    public static ResourcePage Of(FlowRequest request, int pageSize)
    {
        string? limit = request.Value("limit");
        string? count = request.Value("count");
        if (limit is not null && count is not null)
            throw FlowException.Invalid(1401, "The limit and count parameters cannot be given together in the same request. Please provide either only the limit or the count parameter and try again.");
        if (request.Value("continuationToken") is { } token) return Resume(token);
        int size = pageSize;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size == 0))
            throw FlowException.Invalid(1451, $"Invalid params limit={limit} provided in query params.");
        return new ResourcePage(request.Values("property"), Order(request.Value("orderby") ?? ""), Math.Min(size, MostEntries), null, null)
        {
            CountsOnly = count is not null && count.Equals("true", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The answer.</summary>
    /// <param name="name">The collection, for the address of the next page.</param>
    /// <param name="resources">All of them.</param>
    /// <param name="fields">The fields that can be filtered by.</param>
    /// <param name="render">Writes one.</param>
    public JsonObject Answer(string name, IEnumerable<FlowResource> resources, IReadOnlyList<string> fields, Func<FlowResource, JsonObject> render)
    {
        PropertyFilter[] filters = [.. _filters.Select(f => PropertyFilter.Parse(f, fields))];
        List<(JsonObject Item, FlowResource Resource)> found =
            [.. resources.Select(r => (Item: render(r), Resource: r)).Where(e => Array.TrueForAll(filters, f => f.Matches(e.Item)))];
        if (CountsOnly) return new JsonObject { ["count"] = found.Count };
        found.Sort((left, right) => Compare(Key(left.Item, left.Resource), left.Resource.Id, Key(right.Item, right.Resource), right.Resource.Id));
        if (_afterId is not null) found.RemoveAll(e => Compare(Key(e.Item, e.Resource), e.Resource.Id, _after!, _afterId) <= 0);

        bool more = found.Count > _limit;
        var items = new JsonArray([.. found.Take(_limit).Select(e => e.Item)]);
        var links = new JsonObject();
        if (more)
        {
            (JsonObject last, FlowResource resource) = found[_limit - 1];
            links["next"] = new JsonObject { ["href"] = $"/{name}?continuationToken={Token(Key(last, resource), resource.Id)}" };
        }

        return new JsonObject { ["items"] = items, ["_links"] = links };
    }

    private static string Order(string text)
    {
        if (text.Length == 0) return "";

        // A plus that was not escaped arrives as a space.
        string field = text[0] is '+' or '-' or ' ' ? text[1..] : text;
        if (field.Length == 0 || !char.IsAsciiLetter(field[0]))
            throw FlowException.Invalid(1432, "Sort order specified is not correct, prepend + for ascending order and - for descending order in the fieldName.");
        if (!Sortable.Contains(field))
            throw FlowException.Invalid(1433, $"Incorrect field= {field} passed in orderBy, example are +name, -name, name.");
        return (text[0] == '-' ? "-" : "+") + field;
    }

    private static ResourcePage Resume(string token)
    {
        try
        {
            string text = token.StartsWith("t=", StringComparison.Ordinal) && token.EndsWith("&v=1", StringComparison.Ordinal) ? token[2..^4] : "";
            JsonObject state = JsonNode.Parse(Convert.FromBase64String(text)) as JsonObject ?? throw new JsonException();
            return new ResourcePage(
                JsonValues.Texts(state["filters"]), state["order"]!.GetValue<string>(), state["limit"]!.GetValue<int>(), state["after"]!.GetValue<string>(), state["id"]!.GetValue<string>());
        }
        catch (Exception e) when (e is FormatException or JsonException or NullReferenceException or InvalidOperationException)
        {
            throw FlowException.Invalid(1451, "Invalid params continuationToken provided in query params.");
        }
    }

    /// <summary>An opaque text with the signs that take a client by surprise: = as it is, &amp; escaped.</summary>
    private string Token(string after, string id)
    {
        var state = new JsonObject
        {
            ["filters"] = new JsonArray([.. _filters.Select(f => (JsonNode)f)]),
            ["order"] = _order,
            ["limit"] = _limit,
            ["after"] = after,
            ["id"] = id,
        };
        string text = Convert.ToBase64String(Encoding.UTF8.GetBytes(state.ToJsonString()));
        return $"t={text.Replace("+", "%2B", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)}%26v=1";
    }

    /// <summary>By default the latest change comes first.</summary>
    private string Key(JsonObject item, FlowResource resource) =>
        _order.Length == 0 ? resource.ChangeNumber.ToString(CultureInfo.InvariantCulture) : JsonValues.Scalar(item[_order[1..]]) ?? "";

    private int Compare(string left, string leftId, string right, string rightId)
    {
        int order = long.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out long a) && long.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out long b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
        if (order == 0) return string.CompareOrdinal(leftId, rightId);
        return _order.Length == 0 || _order[0] == '-' ? -order : order;
    }
}
