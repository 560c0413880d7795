using System.Text;

namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>The token endpoint of Adobe's Identity Management Services, for OAuth server-to-server credentials.</summary>
/// <remarks>Sources: Adobe Developer Console, "Server-to-server authentication: implementation" and "IMS API reference". What an
/// error looks like is not documented there; it is that of RFC 6749, section 5.2.</remarks>
internal sealed class ImsEndpoint(FlowHost host)
{
    private const long MaxForm = 64 * 1024;

    private static readonly string[] RequiredScopes = ["openid", "AdobeID", "read_organizations"];

    private static readonly HashSet<string> KnownScopes = new(StringComparer.Ordinal)
    {
        "openid", "session", "AdobeID", "read_organizations", "additional_info.projectedProductContext", "additional_info.roles",
        "additional_info.job_function", "adobeio_api", "read_client_secret", "manage_client_secrets",
    };

    public async Task IssueAsync(Exchange exchange, CancellationToken cancel)
    {
        string form = Encoding.UTF8.GetString(await exchange.ReadBodyAsync(MaxForm, cancel));
        IReadOnlyDictionary<string, string> body = UrlQuery.Parse(form);
        string Value(string name) => body.TryGetValue(name, out string? sent) || exchange.Query.TryGetValue(name, out sent) ? sent : "";

        string client = Value("client_id");
        string scope = Value("scope");
        (string Code, string Text)? refused = Refusal(Value("grant_type"), client, Value("client_secret"), scope);
        exchange.SetHeader("Cache-Control", "no-store");
        byte[] answer = LocalJson.Write(writer =>
        {
            writer.WriteStartObject();
            if (refused is { } error)
            {
                writer.WriteString("error", error.Code);
                writer.WriteString("error_description", error.Text);
            }
            else
            {
                writer.WriteString("access_token", host.Tokens.Issue(client, scope));
                writer.WriteString("token_type", "bearer");
                writer.WriteNumber("expires_in", (long)host.Tokens.Lifetime.TotalSeconds);
            }

            writer.WriteEndObject();
        });
        await exchange.SendJsonAsync(refused is null ? 200 : 400, answer);
    }

    private (string Code, string Text)? Refusal(string grant, string client, string secret, string scope)
    {
        if (grant != "client_credentials") return ("unsupported_grant_type", "The grant type must be client_credentials.");
        if (client.Length == 0) return ("invalid_request", "The parameter client_id is missing.");
        if (secret.Length == 0) return ("invalid_request", "The parameter client_secret is missing.");
        if (!host.Clients.IsSecret(client, secret)) return ("invalid_client", "The client secret is not valid.");
        string[] scopes = scope.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(scopes, s => !KnownScopes.Contains(s)) is { } unknown) return ("invalid_scope", $"The scope {unknown} is not one of this client.");
        if (Array.Find(RequiredScopes, s => !scopes.Contains(s)) is { } missing) return ("invalid_scope", $"The scope {missing} is missing.");
        return null;
    }
}
