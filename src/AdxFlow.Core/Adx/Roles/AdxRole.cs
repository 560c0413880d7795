namespace AdxFlow;

/// <summary>What a principal may do. Source: <see href="https://learn.microsoft.com/kusto/access-control/role-based-access-control"/>.</summary>
public enum AdxRole
{
    /// <summary>A role this version does not know; its text is in <see cref="AdxRoleAssignment.RoleText"/>.</summary>
    Other,

    /// <summary>Everything in its scope.</summary>
    Admin,

    /// <summary>Read all data, and create tables (of which one becomes admin).</summary>
    User,

    /// <summary>Read data.</summary>
    Viewer,

    /// <summary>Read data of tables under a restricted view policy as well.</summary>
    UnrestrictedViewer,

    /// <summary>Ingest data, without reading any.</summary>
    Ingestor,

    /// <summary>See metadata and states of operations.</summary>
    Monitor,
}
