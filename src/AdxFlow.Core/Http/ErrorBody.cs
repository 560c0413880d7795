using System.Text.Json;

namespace AdxFlow.Http;

/// <summary>
/// What can be read out of the body of a failed answer: OneApi JSON, another JSON, storage's XML, a web page, plain text or nothing.
/// Reading never fails; what cannot be understood is kept as text.
/// Source of the JSON: <see href="https://learn.microsoft.com/kusto/api/rest/response"/>.
/// </summary>
internal sealed record ErrorBody
{
    private const int MaxMessage = 4000;

    public string? Message { get; private init; }

    public string? Code { get; private init; }

    /// <summary>The service's exception type, such as <c>Kusto.Data.Exceptions.KustoBadRequestException</c>.</summary>
    public string? Type { get; private init; }

    public bool? Permanent { get; private init; }

    public string? ActivityId { get; private init; }

    public string? ClientRequestId { get; private init; }

    public static ErrorBody Parse(string text)
    {
        string trimmed = text.Trim().TrimStart('\uFEFF');
        if (trimmed.Length == 0)
            return new ErrorBody();

        if (trimmed[0] is '{' or '[' or '"' && TryParseJson(trimmed) is { } json)
            return json;

        if (trimmed[0] == '<')
            return ParseMarkup(trimmed);

        return new ErrorBody { Message = Shorten(trimmed) };
    }

    /// <summary>Reads one error object: <c>{"error":{…}}</c>, or what stands inside.</summary>
    public static ErrorBody Parse(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.GetArrayLength() > 0 ? Parse(element[0]) : new ErrorBody();
            case JsonValueKind.String:
                return new ErrorBody { Message = Shorten(element.GetString()!) };
            case JsonValueKind.Object:
                break;
            default:
                return new ErrorBody { Message = Shorten(element.GetRawText()) };
        }

        if (Property(element, "error") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } nested)
            return Parse(nested);
        if (Property(element, "OneApiErrors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0)
            return Parse(errors[0]);
        if (Property(element, "Exceptions") is { ValueKind: JsonValueKind.Array } exceptions && exceptions.GetArrayLength() > 0)
            return Parse(exceptions[0]);

        return ParseOneApi(element);
    }

    private static ErrorBody ParseOneApi(JsonElement error)
    {
        // The innermost error is the most precise one: SEM0100 inside of General_BadRequest.
        JsonElement inner = error;
        while (Property(inner, "innererror") is { ValueKind: JsonValueKind.Object } deeper)
            inner = deeper;

        JsonElement context = Property(error, "@context") ?? default;
        bool nested = inner.ValueKind == JsonValueKind.Object && Property(error, "innererror") is { ValueKind: JsonValueKind.Object };
        string? innerMessage = nested ? Text(inner, "@message") ?? Text(inner, "@errorMessage") ?? Text(inner, "message") : null;
        string? outerMessage = Text(error, "@message") ?? Text(error, "message") ?? Text(error, "error_description")
            ?? Text(error, "detail") ?? Text(error, "title") ?? Text(error, "error") ?? Text(error, "@text");
        string? message = Longer(innerMessage, outerMessage);
        string? code = nested ? Text(inner, "@errorCode") ?? Text(inner, "code") : null;

        return new ErrorBody
        {
            Message = message is null ? null : Shorten(message),
            Code = code ?? Text(error, "code") ?? Text(error, "error"),
            Type = Text(error, "@type"),
            Permanent = Flag(inner, "@permanent") ?? Flag(error, "@permanent"),
            ActivityId = Text(context, "activityId"),
            ClientRequestId = Text(context, "clientRequestId"),
        };
    }

    /// <summary>One of two messages about the same failure: the outer one where it repeats the inner one and says more.</summary>
    private static string? Longer(string? inner, string? outer)
    {
        if (inner is null || outer is null)
            return inner ?? outer;
        return outer.Contains(inner, StringComparison.Ordinal) ? outer : inner;
    }

    private static ErrorBody? TryParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            ErrorBody body = Parse(document.RootElement);
            // A JSON of no known family still tells more than nothing.
            return body.Message is null ? body with { Message = Shorten(text) } : body;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorBody ParseMarkup(string text)
    {
        string? code = Markup.Text(text, "Code");
        string? message = Markup.Text(text, "Message");
        if (code is not null || message is not null)
            return new ErrorBody { Code = code, Message = Shorten(message ?? code!) };

        string? title = Markup.Text(text, "title") ?? Markup.Text(text, "h1");
        return new ErrorBody
        {
            Message = title is null
                ? "The answer is a web page, not an answer of Azure Data Explorer."
                : $"The answer is a web page ('{Shorten(title)}'), not an answer of Azure Data Explorer.",
        };
    }

    private static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        if (element.TryGetProperty(name, out JsonElement exact))
            return exact;

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool? Flag(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    private static string Shorten(string text) => Redaction.Brief(text.Trim(), MaxMessage);
}
