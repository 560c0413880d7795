using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>Holds the parameters of a connection against the JSON Schema that the connector's spec carries, before anything is sent.</summary>
internal static class ConnectionRules
{
    /// <summary>The way to sign in that is meant, if the parameters keep to its rules.</summary>
    /// <param name="spec">The connector's spec.</param>
    /// <param name="authSpec">How to sign in; null where there is only one way.</param>
    /// <param name="parameters">What was given.</param>
    /// <exception cref="FlowException"><c>FlowInvalidConnection</c>: it has no such way to sign in, or the parameters do not fit it.</exception>
    public static FlowAuthSpec? Check(FlowConnectionSpec spec, string? authSpec, JsonObject parameters)
    {
        // A spec that says nothing of it forbids nothing.
        if (spec.AuthSpecs.Count == 0)
            return null;
        FlowAuthSpec auth = Find(spec, authSpec);
        string[] problems = [.. Problems(auth, parameters)];
        return problems.Length == 0 ? auth : throw FlowRefusal.Of("FlowInvalidConnection", $"The parameters do not fit '{auth.Name}' of the connector '{spec.Name ?? spec.Id}': {string.Join("; ", problems)}. Nothing was made.", $"It takes {string.Join(", ", auth.Parameters.Select(static parameter => parameter.IsRequired ? parameter.Name : $"[{parameter.Name}]"))}; see (Get-FlowConnectionSpec -SpecId {spec.Id}).AuthSpecs.");
    }

    public static FlowException NoAuthSpec() =>
        FlowRefusal.Of("FlowInvalidConnection", "It is not said how the connector is to sign in, and its spec does not tell. Nothing was made.", "Give -AuthSpec.");

    private static FlowAuthSpec Find(FlowConnectionSpec spec, string? name)
    {
        if (name is null && spec.AuthSpecs.Count == 1)
            return spec.AuthSpecs[0];
        return spec.AuthSpecs.FirstOrDefault(auth => auth.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new FlowException("FlowInvalidConnection", AdxErrorKind.InvalidArgument, name is null
                ? $"The connector '{spec.Name ?? spec.Id}' has several ways to sign in, and none is named. Nothing was made."
                : $"The connector '{spec.Name ?? spec.Id}' has no way to sign in that is called '{name}'. Nothing was made.")
            {
                RecommendedAction = $"Give one of these as -AuthSpec: {string.Join(", ", spec.AuthSpecs.Select(static auth => $"'{auth.Name}'"))}.",
            };
    }

    private static IEnumerable<string> Problems(FlowAuthSpec auth, JsonObject parameters)
    {
        foreach (FlowAuthParameter required in auth.Parameters.Where(parameter => parameter.IsRequired && !HasValue(parameters, parameter.Name)))
            yield return $"'{required.Name}' is missing";
        foreach ((string name, JsonNode? value) in parameters)
        {
            if (auth.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } known)
            {
                if (value is not null && known.Refusal(value) is { } refusal)
                    yield return refusal;
            }
            else if (auth.Parameters.Count > 0)
            {
                yield return $"'{name}' is not known";
            }
        }
    }

    private static bool HasValue(JsonObject parameters, string name) =>
        parameters.TryGetPropertyValue(name, out JsonNode? value) && value is not null && !(value is JsonValue text && text.TryGetValue(out string? given) && given.Length == 0);
}
