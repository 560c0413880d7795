using System.Text.RegularExpressions;
using AdxFlow.Auth;
using AdxFlow.Http;
using Azure.Core.Pipeline;

namespace AdxFlow.Flow;

/// <summary>The steps of signing in: check what was given, get a token, find the sandbox.</summary>
internal sealed partial class FlowSignIn(FlowSessionOptions given)
{
    /// <summary>What Adobe's own samples ask for.</summary>
    public static readonly IReadOnlyList<string> DefaultScopes = ["openid", "session", "AdobeID", "read_organizations", "additional_info.projectedProductContext"];

    // The one that every organization begins with.
    private const string ProductionSandbox = "prod";

    public async Task<FlowSession> OpenAsync(CancellationToken cancellationToken)
    {
        FlowSessionOptions options = Checked();
        HttpPipelineTransport transport = PipelineFactory.CreateTransport(options.Transport);
        HttpPipeline anonymous = PipelineFactory.Build(transport, options.Transport, [new RefuseRedirectPolicy()], [new RetryCountPolicy(), new FlowHeadersPolicy(null, null, null)]);
        var ims = new ImsCredential(anonymous, options.ImsUri!, options.ClientId, options.ClientSecret, options.Scopes!, options.Transport.Clock);
        // Its own errors never come from here: what IMS says is told by ImsCredential.
        var credential = new CachedCredential(ims, AdxSignInKind.ServicePrincipal, options.ImsUri!, timeout: null, options.Transport.Clock);

        FlowSession unplaced = FlowSession.Create(options, options.Sandbox, ims, credential, transport);
        IReadOnlyList<FlowSandbox> sandboxes = await ListSandboxesAsync(new FlowClient(unplaced), cancellationToken);
        return FlowSession.Create(options, Place(options.Sandbox, sandboxes), ims, credential, transport, sandboxes);
    }

    private FlowSessionOptions Checked() => given with
    {
        ClientId = Required(given.ClientId, "client id", "-Credential (its user name)"),
        ClientSecret = string.IsNullOrEmpty(given.ClientSecret) ? Required(given.ClientSecret, "client secret", "-Credential (its password)") : given.ClientSecret,
        OrganizationId = Organization(given.OrganizationId),
        Sandbox = given.Sandbox is null ? null : SandboxName(given.Sandbox),
        Scopes = given.Scopes is { Count: > 0 } ? [.. given.Scopes.SelectMany(static scope => scope.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))] : DefaultScopes,
        Uri = FlowAddress.Checked(given.Uri ?? FlowAddress.Platform, "-Uri"),
        ImsUri = FlowAddress.Checked(given.ImsUri ?? FlowAddress.Ims, "-ImsUri"),
        Transport = given.Transport with
        {
            Proxy = given.Proxy is null ? null : ProxyAddress.Checked(given.Proxy),
            ProxyCredential = given.ProxyCredential,
        },
    };

    /// <summary>The sandboxes that one may use. Who may not list them may still work in one.</summary>
    private static async Task<IReadOnlyList<FlowSandbox>> ListSandboxesAsync(FlowClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await new FlowSandboxes(client).GetAsync(cancellationToken);
        }
        catch (FlowException hidden) when (hidden.Kind is AdxErrorKind.PermissionDenied or AdxErrorKind.NotFound && hidden.ErrorId != "FlowSandboxNotFound")
        {
            return [];
        }
    }

    /// <summary>The sandbox to be in: the one given, if it is there, or the organization's default.</summary>
    private static string Place(string? given, IReadOnlyList<FlowSandbox> all)
    {
        if (given is null)
            return (all.FirstOrDefault(static sandbox => sandbox.IsDefault) ?? all.FirstOrDefault(static sandbox => sandbox.Name == ProductionSandbox))?.Name ?? ProductionSandbox;
        if (all.Count == 0)
            return given;

        FlowSandbox found = all.FirstOrDefault(sandbox => sandbox.Name.Equals(given, StringComparison.OrdinalIgnoreCase)) ?? throw FlowSandboxes.NotFound(given, all);
        return found.State is null or "active" ? found.Name : throw new FlowException("FlowSandboxNotFound", AdxErrorKind.NotFound, $"The sandbox '{found.Name}' cannot be used: its state is '{found.State}'.")
        {
            RecommendedAction = "Choose one whose state is active; Get-FlowSandbox lists those you may use.",
        };
    }

    private static string Organization(string text)
    {
        string organization = Required(text, "organization id", "-OrganizationId");
        return OrganizationForm().IsMatch(organization)
            ? organization
            : throw FlowRefusal.Of("FlowInvalidArgument", $"'{organization}' is no organization id: one ends with @AdobeOrg. Nothing was sent.", "Copy the organization id from the credential's page in the Adobe Developer Console.");
    }

    /// <summary>The header takes the name in small letters alone.</summary>
    private static string SandboxName(string text)
    {
        string name = text.Trim();
        return SandboxForm().IsMatch(name)
            ? name.ToLowerInvariant()
            : throw new FlowException("FlowSandboxNotFound", AdxErrorKind.NotFound, $"'{name}' is no name of a sandbox: one has letters, digits and hyphens. Nothing was sent.")
            {
                RecommendedAction = "Give the name, not the title; Get-FlowSandbox shows both.",
            };
    }

    private static string Required(string? text, string what, string parameter) =>
        text?.Trim() is { Length: > 0 } given && !given.Any(char.IsControl)
            ? given
            : throw FlowRefusal.Of("FlowInvalidArgument", $"The {what} is missing, or cannot be one. Nothing was sent.", $"Give it with {parameter} of Connect-Flow.");

    [GeneratedRegex("^[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex OrganizationForm();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SandboxForm();
}
