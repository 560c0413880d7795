namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Properties that the table has no column for, each told once.</summary>
/// <param name="known">Names that need no telling: the columns, and what the user has heard of or left out.</param>
/// <param name="isTold">False where the user chose what to send.</param>
/// <param name="table">The table.</param>
/// <param name="warn">Tells.</param>
internal sealed class UnknownProperties(IEnumerable<string> known, bool isTold, string table, Action<string> warn)
{
    private readonly HashSet<string> _told = new(known, StringComparer.OrdinalIgnoreCase);

    public void Add(string name) => Add([name]);

    public void Add(IEnumerable<string> names)
    {
        if (!isTold)
            return;
        string[] news = [.. names.Where(_told.Add)];
        if (news.Length > 0)
            warn(SendErrors.UnknownColumns(table, news));
    }
}
