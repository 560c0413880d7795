using System.Management.Automation;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes objects of result rows, a property for each column.</summary>
internal sealed class RowObjects(string[] names, ResultWarnings warnings) : ResultOutput
{
    public override object[] Add(IReadOnlyList<object?[]> rows, int start, int count)
    {
        var objects = new object[count];
        for (int i = 0; i < count; i++)
            objects[i] = Row(rows[start + i]);
        return objects;
    }

    private PSObject Row(object?[] values)
    {
        var row = new PSObject();
        PSMemberInfoCollection<PSPropertyInfo> properties = row.Properties;
        for (int column = 0; column < names.Length; column++)
            properties.Add(new PSNoteProperty(names[column], Value(values[column])), preValidated: true);
        return row;
    }

    /// <summary>Dynamic values as PowerShell's own: nested data becomes custom objects, as from ConvertFrom-Json.</summary>
    private object? Value(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> data => Nested(data),
        object?[] list => Array.ConvertAll(list, Value),
        _ => value,
    };

    private PSObject Nested(IReadOnlyDictionary<string, object?> data)
    {
        var nested = new PSObject();
        var taken = new ColumnNames();
        List<KeyValuePair<string, object?>>? clashing = null;
        foreach (KeyValuePair<string, object?> member in data)
        {
            if (taken.TryTake(member.Key))
                nested.Properties.Add(new PSNoteProperty(member.Key, Value(member.Value)), preValidated: true);
            else
                (clashing ??= []).Add(member);
        }

        foreach ((string name, object? value) in clashing ?? [])
        {
            string made = taken.Make(name.Length > 0 ? name : "_");
            nested.Properties.Add(new PSNoteProperty(made, Value(value)), preValidated: true);
            warnings.Add($"PowerShell cannot tell these names in a dynamic value apart, or has no property of such a name: '{name}' becomes '{made}'.");
        }

        return nested;
    }
}
