namespace AdxFlow.Access;

/// <summary>
/// Which answers of the service mean what.
/// Source: <see href="https://learn.microsoft.com/kusto/access-control/role-based-access-control"/>.
/// </summary>
/// <param name="ofDatabase">The answers about the database.</param>
/// <param name="ofTarget">The answers about the table, or the database again.</param>
/// <param name="table">The table; null for the database.</param>
/// <param name="isUnnamed">Whether the server knows no principals at all.</param>
internal sealed class AccessRules(AccessProbes ofDatabase, AccessProbes ofTarget, string? table, bool isUnnamed)
{
    private const string NotBySignIn = "This server takes requests without sign-in and did not refuse.";

    public Task<AccessVerdict> JudgeAsync(AdxOperation operation) => operation switch
    {
        AdxOperation.Query => JudgeQueryAsync(),
        AdxOperation.Ingest => JudgeIngestAsync(),
        AdxOperation.ShowSchema => JudgeSchemaAsync(),
        AdxOperation.CreateTable => JudgeCreateTableAsync(),
        AdxOperation.Administer => JudgeAdministerAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private async Task<AccessVerdict> JudgeQueryAsync()
    {
        AccessAnswer query = await ofTarget.Query;
        if (query.IsAllowed != false)
            return new AccessVerdict(query.IsAllowed, query.IsAllowed == true ? "A query of no rows went through." : $"A query of no rows failed: {query.Message}");

        // Who may query the database and not the table lacks what a restricted view asks for besides.
        bool isRestricted = table is not null && (await ofDatabase.Query).IsAllowed == true;
        return isRestricted
            ? new AccessVerdict(false, $"The database can be queried, but not this table (it may be one of restricted view access): {query.Message}", AdxRole.UnrestrictedViewer)
            : new AccessVerdict(false, $"A query of no rows was refused: {query.Message}", AdxRole.Viewer);
    }

    private async Task<AccessVerdict> JudgeSchemaAsync()
    {
        AccessAnswer schema = await ofTarget.Schema;
        return schema.IsAllowed switch
        {
            true => new AccessVerdict(true, "The schema was shown."),
            false => new AccessVerdict(false, $"The schema was refused: {schema.Message}", AdxRole.Monitor),
            null => new AccessVerdict(null, $"The schema could not be read: {schema.Message}"),
        };
    }

    private async Task<AccessVerdict> JudgeIngestAsync()
    {
        AccessAnswer service = await ofTarget.Ingest;
        if (service.IsAllowed == false)
            return new AccessVerdict(false, $"The ingestion service refused: {service.Message}", AdxRole.Ingestor, table is not null);
        if (await FindRoleAsync(AdxRole.Ingestor, AdxRole.Admin) is { } role)
            return Has(role);
        if (isUnnamed && service.IsAllowed == true)
            return new AccessVerdict(true, NotBySignIn);
        return service.IsAllowed == true
            ? new AccessVerdict(null, "The ingestion service did not refuse, but no role to ingest stands under the principal's own name; it may come from a group.")
            : new AccessVerdict(null, $"The ingestion service could not be asked: {service.Message}");
    }

    private async Task<AccessVerdict> JudgeCreateTableAsync()
    {
        if ((await ofDatabase.OwnRoles).FirstOrDefault(role => role.Role is AdxRole.User or AdxRole.Admin) is { } own)
            return Has(own);
        AccessAnswer query = await ofDatabase.Query;
        if (query.IsAllowed == false)
            return new AccessVerdict(false, $"Who makes tables may also query the database, and that was refused: {query.Message}", AdxRole.User);
        if (await ofDatabase.FindRoleAsync(role => role.Role is AdxRole.User or AdxRole.Admin) is { } listed)
            return Has(listed);
        return isUnnamed
            ? new AccessVerdict(true, NotBySignIn)
            : new AccessVerdict(null, "Nothing short of making a table shows it, and no role to do so stands under the principal's own name; it may come from a group.");
    }

    private async Task<AccessVerdict> JudgeAdministerAsync()
    {
        AccessAnswer principals = await ofTarget.GetPrincipalsAnswerAsync();
        if (principals.IsAllowed == false)
            return new AccessVerdict(false, $"An Admin may see who has which role, and that was refused: {principals.Message}", AdxRole.Admin, table is not null);
        if (await FindRoleAsync(AdxRole.Admin) is { } role)
            return Has(role);
        return isUnnamed && principals.IsAllowed == true
            ? new AccessVerdict(true, NotBySignIn)
            : new AccessVerdict(null, "To see who has which role was not refused, but that is open to a Monitor too, and no role Admin stands under the principal's own name; it may come from a group.");
    }

    /// <summary>A role on the table, or one on the database, which covers its tables.</summary>
    private async Task<AdxRoleAssignment?> FindRoleAsync(params AdxRole[] enough)
    {
        bool IsEnough(AdxRoleAssignment assignment) => enough.Contains(assignment.Role);
        return await ofTarget.FindRoleAsync(IsEnough) ?? (table is null ? null : await ofDatabase.FindRoleAsync(IsEnough));
    }

    private static AccessVerdict Has(AdxRoleAssignment role) => new(true, $"The principal has the role '{role.RoleText}'.");
}
