using System.Text.Json;
using System.Text.RegularExpressions;
using AdxFlow.Http;

namespace AdxFlow.Flow;

/// <summary>
/// What can be read out of the body of a failed answer. Adobe's services write errors in several forms: with a <c>type</c> and a <c>report</c>
/// (Flow Service, Schema Registry), with <c>errorMessage</c> alone (Flow Service of old), with <c>error_code</c> (the gateway), as problem details
/// with <c>detail</c> (the other services), as OAuth's <c>error</c> (IMS); and what stands before them writes web pages. Reading never fails.
/// </summary>
internal sealed partial record FlowErrorBody
{
    private const int LongestMessage = 2000;

    public string? Message { get; private init; }

    /// <summary>The code as a whole: <c>FLOW-1439-404</c>, <c>403010</c>, <c>invalid_client</c>.</summary>
    public string? Code { get; private init; }

    public string? Prefix { get; private init; }

    public string? RequestId { get; private init; }

    public bool IsWebPage { get; private init; }

    public static FlowErrorBody Parse(string text)
    {
        string trimmed = text.Trim().TrimStart('\uFEFF');
        if (trimmed.Length == 0)
            return new FlowErrorBody();
        if (trimmed[0] == '<')
            return new FlowErrorBody { IsWebPage = true, Message = Markup.Text(trimmed, "title") is { } title ? Shorten(title) : null };

        try
        {
            using var document = JsonDocument.Parse(trimmed);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new FlowErrorBody { Message = Shorten(trimmed) };
        }
    }

    private static FlowErrorBody Read(JsonElement root)
    {
        JsonElement body = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
        if (body.ValueKind == JsonValueKind.String)
            return new FlowErrorBody { Message = Shorten(body.GetString()!) };

        JsonElement report = body.Member("report") ?? default;
        string? message = report.Text("detailed-message") ?? body.Text("detail") ?? body.Text("errorMessage") ?? body.Text("message")
            ?? body.Text("error_description") ?? body.Text("title") ?? body.Text("error");
        string? details = body.Text("errorDetails");
        if (details is { Length: > 0 } && message?.Contains(details, StringComparison.OrdinalIgnoreCase) != true)
            message = message is null ? details : $"{message.TrimEnd('.', ' ')}: {details}";

        Match coded = Coded().Match(body.Text("type") ?? body.Text("code") ?? body.Text("errorCode") ?? string.Empty);
        return new FlowErrorBody
        {
            Message = message is null ? Shorten(root.GetRawText()) : Shorten(message),
            Code = coded.Success ? coded.Value : body.Text("error_code") ?? body.Text("error"),
            Prefix = coded.Success ? coded.Groups[1].Value : null,
            RequestId = report.Text("request-id") ?? report.Text("registryRequestId") ?? body.Text("requestId") ?? body.Text("request_id"),
        };
    }

    private static string Shorten(string text) => Redaction.Brief(text.ReplaceLineEndings(" ").Trim(), LongestMessage);

    // "https://ns.adobe.com/aep/errors/FLOW-1439-404", or the code alone.
    [GeneratedRegex("([A-Z][A-Z0-9]{0,30})-[0-9]{4,6}-[0-9]{3}", RegexOptions.CultureInvariant)]
    private static partial Regex Coded();
}
