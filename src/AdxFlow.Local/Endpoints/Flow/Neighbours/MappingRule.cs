using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>One field of a mapping set.</summary>
/// <param name="Kind">ATTRIBUTE, EXPRESSION or STATIC.</param>
/// <param name="Source">The name of the source field, the expression, or the value.</param>
/// <param name="Destination">The dotted path of the target field.</param>
internal sealed partial record MappingRule(string Kind, string Source, string Destination)
{
    /// <summary>
    /// The steps of an ATTRIBUTE from field to field. A dot leads on, unless a backslash stands before it; a name that is no identifier is wrapped in
    /// <c>${…}</c>.
    /// </summary>
    /// <remarks>Source: Experience League, "Data Prep mapping functions", section "Fields".</remarks>
    public IReadOnlyList<string> SourcePath
    {
        get
        {
            string text = IsWrapped ? Source[2..^1] : Source;
            var steps = new List<string>();
            var step = new StringBuilder();
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '\\' && i + 1 < text.Length)
                {
                    step.Append(text[++i]);
                }
                else if (text[i] == '.')
                {
                    steps.Add(step.ToString());
                    step.Clear();
                }
                else
                {
                    step.Append(text[i]);
                }
            }

            return [.. steps, step.ToString()];
        }
    }

    /// <summary>The column of a table that an ATTRIBUTE names; null where it leads into what a field has in it, which no column of a table has.</summary>
    public string? SourceColumn => SourcePath is [var only] ? only : null;

    private bool IsWrapped => Source.StartsWith("${", StringComparison.Ordinal) && Source.EndsWith('}');

    public static MappingRule Read(JsonObject? mapping, bool older)
    {
        string source = JsonValues.Text(mapping?[older ? "sourceAttribute" : "source"]) ?? "";
        string destination = JsonValues.Text(mapping?[older ? "destinationXdmPath" : "destination"]) ?? "";
        string kind = older ? "ATTRIBUTE" : JsonValues.Text(mapping?["sourceType"])?.ToUpperInvariant() ?? "ATTRIBUTE";

        // Reading a mapping set gives the first two as media types, and that may be sent back.
        kind = kind switch { "TEXT/X.SCHEMA-PATH" => "ATTRIBUTE", "TEXT/X.AEP-XL" => "EXPRESSION", _ => kind };
        return new MappingRule(kind, source, destination);
    }

    /// <summary>What is wrong with it for a schema; null for nothing.</summary>
    public string? Problem(XdmRegistry registry, JsonObject? schema)
    {
        if (Kind is not ("ATTRIBUTE" or "EXPRESSION" or "STATIC")) return $"The source type {Kind} is not known.";
        if (Source.Length == 0) return "The source is missing.";
        if (Destination.Length == 0) return "The destination is missing.";
        if (Kind == "ATTRIBUTE" && !IsWrapped && !Escaped().Replace(Source, "x").Split('.').All(IsIdentifier))
            return $"The source field {Source} has special characters. It must be wrapped, such as ${{First Name}} or ${{First\\.Name}}.";
        if (Kind == "EXPRESSION" && Source.Count(c => c == '(') != Source.Count(c => c == ')')) return $"The expression {Source} has unbalanced parentheses.";
        if (schema is null) return "The output schema could not be found.";
        JsonObject? field = registry.Field(schema, Destination);
        if (field is null) return $"The destination {Destination} is not a field of the output schema.";
        return JsonValues.Text(field["type"]) == "object" && Kind != "EXPRESSION" ? $"The destination {Destination} is an object, and the source is not." : null;
    }

    /// <summary>As identifiers are in Java, with what an element of a list is picked by.</summary>
    private static bool IsIdentifier(string name)
    {
        string bare = name.Split('[')[0];
        return bare.Length > 0 && !char.IsDigit(bare[0]) && bare.All(c => char.IsLetterOrDigit(c) || c is '_' or '$');
    }

    [GeneratedRegex("\\\\.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escaped();
}
