using System.Text;
using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>One request: an operation, its ids, query and body.</summary>
internal sealed class FlowRequest
{
    private readonly string _path;
    private readonly string[] _ids;
    private readonly List<KeyValuePair<string, string>> _query = [];

    /// <summary>Makes a request.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="ids">What stands for each <c>{…}</c> of its path, in order.</param>
    /// <exception cref="FlowException"><c>FlowInvalidArgument</c>: an id is none.</exception>
    public FlowRequest(FlowOperation operation, params string[] ids)
    {
        Operation = operation;
        _path = PathOf(operation, ids);
        _ids = ids;
    }

    public FlowOperation Operation { get; }

    /// <summary>What is sent; null for nothing.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>The version that must still be the present one, as the service gave it.</summary>
    public string? ETag { get; init; }

    /// <summary>What to ask for, where it is not plain JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>What this is about, for errors: <c>connection 'f088…'</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>True where a POST changes nothing, such as one that only checks, and may be sent again after any transient failure.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>What stands in the body and must never come back in a message.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The path below the gateway's address, and the query.</summary>
    public string PathAndQuery
    {
        get
        {
            var text = new StringBuilder(Operation.Service).Append(_path);
            char separator = '?';
            foreach ((string name, string value) in _query)
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
            return text.ToString();
        }
    }

    /// <summary>True where a message says already what the request was about.</summary>
    public bool IsNamedIn(string message) =>
        _ids.Any(id => message.Contains(id, StringComparison.OrdinalIgnoreCase)) || (Subject is not null && message.Contains(Subject, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a query parameter; null adds none. The same name may come several times: all of them must hold.</summary>
    public FlowRequest With(string name, string? value)
    {
        if (!Operation.Query.Contains(name))
            throw new ArgumentException($"{Operation} does not declare the query parameter '{name}'.", nameof(name));
        // FLOW-1401-400: the service refuses the two together.
        if (_query.Any(given => given.Key is "limit" or "count" && name is "limit" or "count" && given.Key != name))
            throw new ArgumentException("limit and count cannot be given together.", nameof(name));
        if (value is not null)
            _query.Add(new(name, value));
        return this;
    }

    private static string PathOf(FlowOperation operation, string[] ids)
    {
        string[] parts = operation.Path.Split('{');
        if (parts.Length != ids.Length + 1)
            throw new ArgumentException($"{operation} takes {parts.Length - 1} ids.", nameof(ids));

        var text = new StringBuilder(parts[0]);
        for (int i = 0; i < ids.Length; i++)
        {
            text.Append(Escaped(ids[i]));
            text.Append(parts[i + 1].AsSpan(parts[i + 1].IndexOf('}', StringComparison.Ordinal) + 1));
        }
        return text.ToString();
    }

    private static string Escaped(string id)
    {
        string trimmed = id.Trim();
        // Nothing, '.' and '..' would name the collection, or what lies above it.
        return trimmed.Trim('.').Length > 0
            ? Uri.EscapeDataString(trimmed)
            : throw FlowRefusal.Of("FlowInvalidArgument", $"'{id}' is no id. Nothing was sent.", "Give the id as the service showed it, such as f088e4f2-2464-480c-88e4-f22464b80c90.");
    }
}
