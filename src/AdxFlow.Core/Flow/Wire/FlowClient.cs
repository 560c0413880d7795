using System.Runtime.CompilerServices;
using System.Text.Json;
using AdxFlow.Http;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>The one client of Flow Service and its neighbours. GET and DELETE are repeated after a transient failure; POST and PATCH only where it is certain that nothing was done.</summary>
internal sealed class FlowClient(FlowSession session)
{
    public FlowSession Session { get; } = session;

    /// <summary>Sends a request and gives the answer as it is; undefined where it has no body (202, 204).</summary>
    public Task<JsonElement> SendAsync(FlowRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, Session.Root + request.PathAndQuery, cancellationToken);

    /// <summary>Gets an answer that is text of its own, such as a file of diagnostics.</summary>
    public async Task<string> GetTextAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        using HttpMessage message = Message(request, Session.Root + request.PathAndQuery);
        await ExchangeAsync(message, request, cancellationToken);
        return message.Response.ContentStream is null ? string.Empty : message.Response.Content.ToString();
    }

    /// <summary>Gets one entity, which comes alone or as a list of one, and has an id.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none.</exception>
    public async Task<JsonElement> GetAsync(FlowRequest request, CancellationToken cancellationToken) =>
        FlowJson.OneItem(await SendAsync(request, cancellationToken)) is { } entity && entity.Text("id") is { Length: > 0 }
            ? entity
            : throw FlowErrors.From(404, new FlowErrorBody(), null, request);

    /// <summary>
    /// Gets the entities of a list, each once: one that is changed while the pages are asked for may stand on two of them. What has no id is none, as
    /// nothing could be done with it.
    /// </summary>
    public async IAsyncEnumerable<JsonElement> ListEntitiesAsync(FlowRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        await foreach (JsonElement item in ListAsync(request, cancellationToken))
        {
            if (item.Text("id") is { Length: > 0 } id && told.Add(id))
                yield return item;
        }
    }

    /// <summary>Gets the items of a list, page after page, each asked for when the one before is used up.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(FlowRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = Session.Root + request.PathAndQuery;
        var visited = new HashSet<string>([next], StringComparer.Ordinal);
        while (next is not null)
        {
            JsonElement page = await SendAsync(request, next, cancellationToken);
            foreach (JsonElement item in FlowJson.ItemsOfAnswer(page))
                yield return item;
            next = NextPage(page, request);
            // A link back would be followed for ever.
            if (next is not null && !visited.Add(next))
                throw InvalidLink(next);
        }
    }

    /// <summary>Makes, changes, acts on or deletes, and gives what the answer names.</summary>
    public async Task<FlowReference> ChangeAsync(FlowRequest request, CancellationToken cancellationToken) =>
        FlowReference.Read(await SendAsync(request, cancellationToken));

    private async Task<JsonElement> SendAsync(FlowRequest request, string address, CancellationToken cancellationToken)
    {
        using HttpMessage message = Message(request, address);
        // What was deleted by a try whose answer was lost is gone all the same.
        return await ExchangeAsync(message, request, cancellationToken) ? Read(message, message.Request.Uri.ToUri()) : default;
    }

    /// <summary>Sends, and tells whether there is an answer to read.</summary>
    private async Task<bool> ExchangeAsync(HttpMessage message, FlowRequest request, CancellationToken cancellationToken)
    {
        Uri uri = message.Request.Uri.ToUri();
        try
        {
            await Session.Pipeline.SendAsync(message, cancellationToken);
        }
        catch (Exception failure) when (FlowErrors.From(failure, uri, request, cancellationToken) is { } error && error != failure)
        {
            throw error;
        }

        int status = message.Response.Status;
        if (status == 404 && request.Operation.Method == RequestMethod.Delete && message.ProcessingContext.RetryNumber > 0)
            return false;
        if (status is < 200 or >= 300)
            throw FlowErrors.From(message.Response, request);
        return true;
    }

    private HttpMessage Message(FlowRequest request, string address)
    {
        HttpMessage message = Session.Pipeline.CreateMessage();
        message.Request.Method = request.Operation.Method;
        message.Request.Uri.Reset(new Uri(address));
        if (request.IsRepeatable || request.Operation.Method == RequestMethod.Get || request.Operation.Method == RequestMethod.Delete)
            message.MarkRetriableWherePresent();
        if (request.Accept is not null)
            message.Request.Headers.SetValue("Accept", request.Accept);
        if (request.ETag is not null)
            message.Request.Headers.SetValue("If-Match", FlowETag.Quoted(request.ETag));
        if (request.Body is not null)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(request.Body));
        }
        return message;
    }

    private static JsonElement Read(HttpMessage message, Uri address)
    {
        ReadOnlyMemory<byte> body = message.Response.ContentStream is null ? default : message.Response.Content.ToMemory();
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException unreadable)
        {
            throw FlowErrors.Unreadable(message.Response, address, unreadable);
        }
    }

    /// <summary>
    /// The address of the next page: the link as it came. It begins behind the service's own path
    /// (<c>/connections?continuationToken=…</c>), and its token may hold '=' and '&amp;'.
    /// </summary>
    private string? NextPage(JsonElement page, FlowRequest request)
    {
        if (page.Member("_links", "next") is not { } next || (next.ValueKind == JsonValueKind.String ? next.GetString() : next.Text("href")) is not { Length: > 0 } href)
            return null;
        if (href.StartsWith(Session.Root + "/", StringComparison.OrdinalIgnoreCase))
            return href;
        // Any other host would get the token.
        if (href.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(href, UriKind.Absolute, out Uri? other) && (other.Scheme == Uri.UriSchemeHttp || other.Scheme == Uri.UriSchemeHttps))
            throw InvalidLink(href);
        if (href.StartsWith("/data/foundation/", StringComparison.Ordinal))
            return Session.Root + href;
        return href.StartsWith('?')
            ? Session.Root + request.PathAndQuery.Split('?')[0] + href
            : $"{Session.Root}{request.Operation.Service}/{href.TrimStart('/')}";
    }

    private static FlowException InvalidLink(string link) =>
        new("FlowInvalidAnswer", AdxErrorKind.InvalidResult, $"The service's link to the next page leads elsewhere, or back: '{Redaction.Address(link)}'. It was not followed.")
        {
            RecommendedAction = "Check -Uri of Connect-Flow; if it stays so, tell Adobe's support.",
        };
}
