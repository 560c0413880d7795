using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>A sign-in with a token of Entra ID. A cluster that asks for no sign-in gets none, whatever the kind.</summary>
internal abstract class EntraSignIn(AdxSignInKind kind) : AdxSignIn(kind)
{
    /// <summary>The tenant that was named; null where none was.</summary>
    protected string? Tenant { get; init; }

    internal sealed override TokenCredential? CreateCredential(SignInContext context)
    {
        if (!context.Metadata.RequiresSignIn)
            return null;

        try
        {
            return Create(context);
        }
        catch (ArgumentException invalid) when (Tenant is not null)
        {
            // Azure.Identity's own check of the tenant; its message names no secret.
            throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, $"'{Tenant}' is not a tenant id.", invalid)
            {
                RecommendedAction = "Give the tenant's id (a GUID) or one of its domain names with -TenantId.",
            };
        }
    }

    private protected abstract TokenCredential Create(SignInContext context);

    /// <summary>A text that may be left out, without what stands around it.</summary>
    private protected static string? Optional(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
