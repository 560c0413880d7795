namespace AdxFlow.Local.Endpoints.Access;

/// <summary>What a principal is.</summary>
internal enum PrincipalKind
{
    /// <summary>An application or a managed identity: <c>aadapp=</c>.</summary>
    App,

    /// <summary>A user: <c>aaduser=</c>.</summary>
    User,

    /// <summary>A security group: <c>aadgroup=</c>.</summary>
    Group,

    /// <summary>A personal Microsoft account: <c>msauser=</c>.</summary>
    MicrosoftAccount,
}
