namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// The names of the columns as PowerShell looks them up, whatever the case of letters. Where two columns differ in nothing
/// else, each takes what is written as it is itself.
/// </summary>
internal sealed class ColumnNames
{
    private readonly string[] _names;
    private readonly HashSet<string> _exact;
    private readonly bool[] _hasRival;

    public ColumnNames(IEnumerable<AdxColumn> columns)
    {
        _names = [.. columns.Select(static column => column.Name)];
        _exact = new(_names, StringComparer.Ordinal);
        _hasRival = [.. _names.Select(name => _names.Count(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1)];
    }

    public string this[int column] => _names[column];

    /// <summary>Whether a column of the same name in other letters is there, so that it matters how an input writes it.</summary>
    public bool HasRival(int column) => _hasRival[column];

    /// <summary>Whether what the input calls by a name, in whatever case, goes to the column.</summary>
    public bool Takes(int column, string found) =>
        found.Equals(_names[column], StringComparison.Ordinal)
        || (found.Equals(_names[column], StringComparison.OrdinalIgnoreCase) && !(_hasRival[column] && _exact.Contains(found)));
}
