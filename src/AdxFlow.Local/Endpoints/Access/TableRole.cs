namespace AdxFlow.Local.Endpoints.Access;

/// <summary>The security roles of a table; the names are those of the role commands.</summary>
internal enum TableRole
{
    Admins,
    Ingestors,
}
