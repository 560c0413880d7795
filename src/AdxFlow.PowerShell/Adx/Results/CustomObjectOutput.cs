using System.Management.Automation;
using System.Reflection;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes custom objects of rows, for columns that can have no class of their own.</summary>
internal sealed class CustomObjectOutput(string[] names) : ResultOutput
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
                notes[column].Value = values[column];
                members.Add(notes[column], preValidated: true);
            }

            objects[i] = row;
        }

        return objects;
    }
}
