namespace AdxFlow;

/// <summary>
/// The role on the database that goes with the role Ingestor on a table: ADX wants a principal to have some access to the database first.
/// </summary>
public enum AdxDatabaseRole
{
    /// <summary>User, as in Microsoft's Flink article: also reads all data of the database and creates tables.</summary>
    User,

    /// <summary>Ingestor: ingests into all tables of the database, and reads none.</summary>
    Ingestor,

    /// <summary>None: the principal has some role on the database already.</summary>
    None,
}
