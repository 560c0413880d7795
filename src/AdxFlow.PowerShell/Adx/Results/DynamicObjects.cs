using System.Management.Automation;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes dynamic values PowerShell's own: nested data becomes custom objects, as from ConvertFrom-Json.</summary>
internal sealed class DynamicObjects(ResultWarnings warnings)
{
    public object? Convert(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> data => Nested(data),
        object?[] list => Array.ConvertAll(list, Convert),
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
                nested.Properties.Add(new PSNoteProperty(member.Key, Convert(member.Value)), preValidated: true);
            else
                (clashing ??= []).Add(member);
        }

        foreach ((string name, object? value) in clashing ?? [])
        {
            string made = taken.Make(name.Length > 0 ? name : "_");
            nested.Properties.Add(new PSNoteProperty(made, Convert(value)), preValidated: true);
            warnings.Add($"PowerShell cannot tell these names in a dynamic value apart, or has no property of such a name: '{name}' becomes '{made}'.");
        }

        return nested;
    }
}
