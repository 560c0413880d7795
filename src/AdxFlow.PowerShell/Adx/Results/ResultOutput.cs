using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes of the rows of one table what the cmdlet writes.</summary>
internal abstract class ResultOutput
{
    public static ResultOutput Create(AdxResultForm form, string name, IReadOnlyList<AdxResultColumn> columns, ResultWarnings warnings)
    {
        string[] names = ColumnNames.Of(columns, out IReadOnlyList<string> renamed);
        if (renamed.Count > 0)
            warnings.Add($"PowerShell cannot tell these columns apart, or has no name for them; they are renamed: {string.Join(", ", renamed)}.");
        return form switch
        {
            AdxResultForm.DataTable => new DataTableOutput(name, columns, names),
            AdxResultForm.Json => new JsonOutput(columns, names),
            _ => new RowObjects(names, warnings),
        };
    }

    /// <summary>Takes rows; gives what can be written by now.</summary>
    public abstract object[] Add(IReadOnlyList<object?[]> rows, int start, int count);

    /// <summary>What is to be written when the table is over, be it because of an error.</summary>
    public virtual object[] End() => [];

    private sealed class JsonOutput(IReadOnlyList<AdxResultColumn> columns, string[] names) : ResultOutput
    {
        private readonly JsonRowWriter _writer = new(columns, names);

        public override object[] Add(IReadOnlyList<object?[]> rows, int start, int count)
        {
            var texts = new object[count];
            for (int i = 0; i < count; i++)
                texts[i] = _writer.Write(rows[start + i]);
            return texts;
        }
    }

    private sealed class DataTableOutput(string name, IReadOnlyList<AdxResultColumn> columns, string[] names) : ResultOutput
    {
        private readonly DataTableBuilder _builder = new(name, columns, names);

        public override object[] Add(IReadOnlyList<object?[]> rows, int start, int count)
        {
            for (int i = 0; i < count; i++)
                _builder.Add(rows[start + i]);
            return [];
        }

        public override object[] End() => [_builder.Finish()];
    }
}
