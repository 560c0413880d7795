using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Makes objects of result rows, a property for each column.</summary>
internal sealed class RowObjects
{
    private readonly string[] _names;

    public RowObjects(IReadOnlyList<AdxResultColumn> columns, Action<string> warn)
    {
        _names = [.. columns.Select(static column => column.Name)];
        // KQL tells a from A, PowerShell does not: each keeps its value under a name of its own.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var renamed = new List<string>();
        for (int column = 0; column < _names.Length; column++)
        {
            string name = _names[column].Length > 0 ? _names[column] : $"Column{column + 1}";
            for (int number = 1; !taken.Add(name); number++)
                name = $"{_names[column]}_{number}";
            if (name != _names[column])
                renamed.Add($"{_names[column]} → {name}");
            _names[column] = name;
        }
        if (renamed.Count > 0)
            warn($"PowerShell cannot tell these columns apart; they are renamed: {string.Join(", ", renamed)}.");
    }

    public PSObject Row(object?[] values)
    {
        var row = new PSObject();
        PSMemberInfoCollection<PSPropertyInfo> properties = row.Properties;
        for (int column = 0; column < _names.Length; column++)
            properties.Add(new PSNoteProperty(_names[column], Value(values[column])), preValidated: true);
        return row;
    }

    /// <summary>Dynamic values as PowerShell's own: nested data becomes custom objects, as from ConvertFrom-Json.</summary>
    private static object? Value(object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> data:
                var nested = new PSObject();
                foreach ((string name, object? item) in data)
                {
                    if (nested.Properties[name] is null)
                        nested.Properties.Add(new PSNoteProperty(name, Value(item)));
                }
                return nested;
            case object?[] list:
                return Array.ConvertAll(list, Value);
            default:
                return value;
        }
    }
}
