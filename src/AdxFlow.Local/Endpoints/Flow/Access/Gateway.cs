namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>The four headers that every call of Experience Platform needs, and what one gets without them.</summary>
/// <remarks>Sources: Experience League, "Adobe Experience Platform FAQ and troubleshooting guide", section "Request header errors";
/// "Flow Service error messages".</remarks>
internal sealed class Gateway(FlowHost host)
{
    private const string Scheme = "Bearer ";

    /// <param name="exchange">The request.</param>
    /// <param name="needsSandbox">False for what is above sandboxes.</param>
    /// <exception cref="FlowException">A header is missing or wrong.</exception>
    public FlowCaller Admit(Exchange exchange, bool needsSandbox)
    {
        string authorization = exchange.Header("Authorization") ?? "";
        if (authorization.Length == 0) throw FlowException.Gateway(403, "403010", "Oauth token is missing.");
        string? client = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? host.Tokens.Client(authorization[Scheme.Length..].Trim()) : null;
        if (client is null) throw FlowException.InvalidToken();
        string key = exchange.Header("x-api-key") ?? "";
        if (key.Length == 0) throw FlowException.Gateway(403, "403000", "Api Key is required");
        if (key != client) throw FlowException.Gateway(403, "403003", "Api Key is invalid");
        string organization = exchange.Header("x-gw-ims-org-id") ?? "";
        if (organization.Length == 0) throw FlowException.Gateway(400, "400003", "Missing header");
        if (!Organization.IsId(organization) || !host.Clients.MaySpeakFor(client, organization)) throw FlowException.Gateway(403, "403025", "Profile is not valid");
        Organization known = host.Organization(organization);
        exchange.Identify(client);
        return new FlowCaller(client, known, needsSandbox ? Sandbox(exchange, known) : null);
    }

    private static Sandbox Sandbox(Exchange exchange, Organization organization)
    {
        if (!string.IsNullOrEmpty(exchange.Header("x-sandbox-id")))
            throw FlowException.Of("FLOW-2110-400", "Headers not allowed", "The header x-sandbox-id is not allowed with the user token. Please update the header and try again.");
        string name = exchange.Header("x-sandbox-name") ?? "";
        if (name.Length == 0)
            throw FlowException.Of("FLOW-2105-400", "Header is missing", "The header x-sandbox-name is missing in the request. Please add the header in the request and try again.");
        if (name == "*")
            throw FlowException.Of("FLOW-2111-403", "Headers with value restricted", "The header x-sandbox-name with value * is restricted with the user token. Please update the header and value and try again.");
        return organization.FindSandbox(name)
            ?? throw FlowException.Of("FLOW-2100-404", "Sandbox not found", $"The sandbox with the name '{name}' could not be found. Please ensure that the sandbox name is correct and try again.");
    }
}
