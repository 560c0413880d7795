namespace AdxFlow;

/// <summary>
/// What a principal may want to do, as far as roles decide it.
/// Source: <see href="https://learn.microsoft.com/kusto/access-control/role-based-access-control"/> and the "Permissions" of each command's page.
/// </summary>
public enum AdxOperation
{
    /// <summary>Ask questions: Viewer, User or Admin of the database; for tables of restricted view UnrestrictedViewer as well.</summary>
    Query,

    /// <summary>Send data: Ingestor or Admin of the table, or of its database.</summary>
    Ingest,

    /// <summary>See tables and columns: Viewer, User, Monitor or Admin of the database.</summary>
    ShowSchema,

    /// <summary>Make a table in the database: User or Admin of the database.</summary>
    CreateTable,

    /// <summary>Change, clear and drop, set policies, give roles: Admin of the table or database.</summary>
    Administer,
}
