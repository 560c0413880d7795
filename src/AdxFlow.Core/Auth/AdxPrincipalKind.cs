namespace AdxFlow;

/// <summary>What sort of account a principal is.</summary>
public enum AdxPrincipalKind
{
    /// <summary>An Entra ID application or managed identity, <c>aadapp=</c>.</summary>
    Application,

    /// <summary>An Entra ID user, <c>aaduser=</c>.</summary>
    User,

    /// <summary>An Entra ID security group, <c>aadgroup=</c>.</summary>
    Group,

    /// <summary>A Microsoft account, <c>msauser=</c>.</summary>
    MicrosoftAccount,
}
