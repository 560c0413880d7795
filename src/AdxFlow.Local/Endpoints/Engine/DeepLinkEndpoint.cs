namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>Deep links: a browser is sent to the web interface, with the cluster, the database and the query of the link.</summary>
/// <remarks>Source: Microsoft Learn, "UI deep links". Nobody need sign in for them; the interface asks for that itself.</remarks>
internal sealed class DeepLinkEndpoint(LocalServices services)
{
    private const string WebInterface = "https://dataexplorer.azure.com/clusters/";

    public Task RedirectAsync(Exchange exchange, string? database)
    {
        string web = exchange.Query.GetValueOrDefault("web", "1");
        if (web is not ("1" or "3")) throw ServiceException.NotSupported($"The local stand-in redirects to the web interface only (web=1), not to web={web}.");
        string target = WebInterface + Uri.EscapeDataString(services.ClusterUri.Authority);
        if (database is not null) target += "/databases/" + Uri.EscapeDataString(database);
        IEnumerable<string> parameters = exchange.Query.Where(p => !p.Key.Equals("web", StringComparison.OrdinalIgnoreCase))
            .Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}");
        string query = string.Join('&', parameters);
        exchange.SetHeader("Location", query.Length > 0 ? $"{target}?{query}" : target);
        return exchange.SendAsync(302, null, default);
    }
}
