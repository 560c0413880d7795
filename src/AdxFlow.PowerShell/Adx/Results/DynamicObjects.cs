using System.Management.Automation;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes dynamic values PowerShell's own: nested data becomes custom objects, as from ConvertFrom-Json.</summary>
internal sealed class DynamicObjects(ResultWarnings warnings)
{
    /// <summary>How many names are told one by one: each row may bring others.</summary>
    private const int MostTold = 100;

    private int _told;

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
            Tell(name, made);
        }

        return nested;
    }

    /// <summary>Values are converted by several threads at once.</summary>
    private void Tell(string name, string made)
    {
        if (Volatile.Read(ref _told) < MostTold
            && warnings.Add($"PowerShell cannot tell these names in a dynamic value apart, or has no property of such a name: '{name}' becomes '{made}'.")
            && Interlocked.Increment(ref _told) == MostTold)
        {
            warnings.Add("There are more such names in dynamic values, which become others too; they are not told one by one.");
        }
    }
}
