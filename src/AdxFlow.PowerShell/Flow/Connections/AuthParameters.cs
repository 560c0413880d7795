using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Flow;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Reads the parameters of a connector's sign-in out of a hashtable, and keeps apart what must not show.</summary>
internal static class AuthParameters
{
    // Deeper than any connector's; a hashtable that holds itself ends here.
    private const int DeepestLevel = 8;

    /// <exception cref="FlowException"><c>FlowInvalidConnection</c>: a value is of a type that has no place in JSON.</exception>
    public static (JsonObject Parameters, IReadOnlyList<string> Secrets) Read(IDictionary given)
    {
        var secrets = new List<string>();
        return (Read(given, secrets, 0), secrets);
    }

    private static JsonObject Read(IDictionary given, List<string> secrets, int level)
    {
        var parameters = new JsonObject();
        foreach (DictionaryEntry entry in given)
        {
            string name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            parameters[name] = Value(name, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value, secrets, level);
        }
        return parameters;
    }

    private static JsonNode? Value(string name, object? value, List<string> secrets, int level) => value switch
    {
        null => null,
        SecureString secret => Secret(new NetworkCredential(string.Empty, secret).Password, secrets),
        // Whoever gives a key as plain text does not want to read it in an error either.
        string text => Secret(text, secrets),
        bool flag => JsonValue.Create(flag),
        int or long or double or decimal or short or byte or float => JsonSerializer.SerializeToNode(value),
        Uri address => JsonValue.Create(address.OriginalString),
        Guid id => JsonValue.Create(id.ToString()),
        IDictionary nested when level < DeepestLevel => Read(nested, secrets, level + 1),
        IDictionary => throw FlowRefusal.Of("FlowInvalidConnection", $"'{name}' of -AuthParameter goes deeper than {DeepestLevel} levels. Nothing was made.", "Give hashtables that do not hold themselves."),
        _ => throw FlowRefusal.Of("FlowInvalidConnection", $"'{name}' of -AuthParameter is a {value.GetType().Name}. Nothing was made.", "Give text, SecureString, numbers, truth values or a hashtable."),
    };

    private static JsonValue Secret(string text, List<string> secrets)
    {
        // Short words are no keys, and to take them out would spoil a message.
        if (text.Length >= 8)
            secrets.Add(text);
        return JsonValue.Create(text);
    }
}
