namespace AdxFlow.Local.Endpoints.Access;

/// <summary>The security roles of a database; the names are those of the role commands.</summary>
internal enum DatabaseRole
{
    Admins,
    Users,
    Viewers,
    UnrestrictedViewers,
    Ingestors,
    Monitors,
}
