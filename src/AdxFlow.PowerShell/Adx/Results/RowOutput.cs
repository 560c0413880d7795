using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes objects of result rows: <see cref="AdxRow"/> where there can be a class for the columns, else custom objects.</summary>
internal sealed class RowOutput(IReadOnlyList<AdxResultColumn> columns, string[] names, ResultWarnings warnings) : ResultOutput
{
    private readonly Func<object?[], AdxRow>? _create = RowShape.For(columns, names)?.Create;
    private readonly CustomObjectOutput _custom = new(names);
    private readonly DynamicObjects _dynamic = new(warnings);
    private readonly int[] _dynamicColumns = [.. Enumerable.Range(0, names.Length).Where(i => columns[i].Type == AdxType.Dynamic)];

    public override object[] Add(ReadOnlySpan<object?[]> rows)
    {
        foreach (object?[] row in rows)
        {
            foreach (int column in _dynamicColumns)
                row[column] = _dynamic.Convert(row[column]);
        }

        if (_create is null)
            return _custom.Add(rows);

        // The pipeline would wrap each row; here it costs the pipeline's thread nothing.
        var objects = new object[rows.Length];
        for (int i = 0; i < objects.Length; i++)
            objects[i] = new PSObject(_create(rows[i]));
        return objects;
    }
}
