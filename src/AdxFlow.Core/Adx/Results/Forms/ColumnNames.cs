namespace AdxFlow.Adx;

/// <summary>
/// Names for the columns of a result that stay apart where case does not count: KQL tells <c>a</c> from <c>A</c>, and may give a name twice
/// or none; PowerShell's properties, data tables and most readers of JSON cannot.
/// </summary>
internal sealed class ColumnNames
{
    /// <summary>Names that every PowerShell object has a meaning of its own for.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "psobject", "psbase", "psadapted", "psextended", "pstypenames" };

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last number that was tried for a name: a dynamic value may have thousands of names that differ in case alone.</summary>
    private Dictionary<string, int>? _numbers;

    public static string[] Of(IReadOnlyList<AdxResultColumn> columns, out IReadOnlyList<string> renamed)
    {
        var names = new ColumnNames();
        // Who has a name of its own keeps it; only then are the others given one.
        var result = new string[columns.Count];
        for (int i = 0; i < result.Length; i++)
        {
            if (names.TryTake(columns[i].Name))
                result[i] = columns[i].Name;
        }

        var changes = new List<string>();
        for (int i = 0; i < result.Length; i++)
        {
            if (result[i] is not null)
                continue;
            result[i] = names.Make(columns[i].Name.Length > 0 ? columns[i].Name : $"Column{i + 1}");
            changes.Add($"'{columns[i].Name}' → '{result[i]}'");
        }

        renamed = changes;
        return result;
    }

    /// <summary>Takes a name as it is, if it can be had.</summary>
    public bool TryTake(string name) => name.Length > 0 && !Reserved.Contains(name) && _taken.Add(name);

    /// <summary>Takes a name that is like the one given.</summary>
    public string Make(string name)
    {
        if (TryTake(name))
            return name;

        _numbers ??= new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        int number = _numbers.GetValueOrDefault(name);
        string made;
        do
        {
            made = $"{name}_{++number}";
        }
        while (!TryTake(made));
        _numbers[name] = number;
        return made;
    }
}
