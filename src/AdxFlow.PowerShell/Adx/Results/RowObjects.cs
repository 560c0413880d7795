using System.Management.Automation;
using System.Reflection;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes objects of result rows, a property for each column.</summary>
internal sealed class RowObjects(string[] names, ResultWarnings warnings) : ResultOutput
{
    // Room for all properties from the start saves a third of the time. PowerShell has this constructor since version 7;
    // the reference assembly is older.
    private static readonly ConstructorInvoker? WithCapacity = typeof(PSObject).GetConstructor([typeof(int)]) is { } constructor ? ConstructorInvoker.Create(constructor) : null;

    private readonly object _capacity = names.Length;

    public override object[] Add(ReadOnlySpan<object?[]> rows)
    {
        // Adding a property copies it, so that one for each column serves all rows of a block.
        PSNoteProperty[] notes = Array.ConvertAll(names, static name => new PSNoteProperty(name, null));
        var objects = new object[rows.Length];
        for (int i = 0; i < objects.Length; i++)
        {
            var row = (PSObject)(WithCapacity?.Invoke(_capacity) ?? new PSObject());
            PSMemberInfoCollection<PSMemberInfo> members = row.Members;
            object?[] values = rows[i];
            for (int column = 0; column < notes.Length; column++)
            {
                notes[column].Value = Value(values[column]);
                members.Add(notes[column], preValidated: true);
            }

            objects[i] = row;
        }

        return objects;
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
