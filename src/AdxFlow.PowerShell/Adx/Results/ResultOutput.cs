using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>Makes of the rows of one table what the cmdlet writes.</summary>
internal abstract class ResultOutput
{
    /// <summary>Blocks of rows may be converted side by side; each is a matter of its own.</summary>
    public virtual bool IsParallel => true;

    public static ResultOutput Create(AdxResultForm form, string name, IReadOnlyList<AdxResultColumn> columns, ResultWarnings warnings)
    {
        string[] names = ColumnNames.Of(columns, out IReadOnlyList<string> renamed);
        if (renamed.Count > 0)
            warnings.Add($"PowerShell cannot tell these columns apart, or has no name for them; they are renamed: {string.Join(", ", renamed)}.");
        return form switch
        {
            AdxResultForm.DataTable => new DataTableOutput(name, columns, names),
            AdxResultForm.Json => new JsonOutput(columns, names),
            _ => new RowOutput(columns, names, warnings),
        };
    }

    /// <summary>Takes rows; gives what can be written by now.</summary>
    public abstract object[] Add(ReadOnlySpan<object?[]> rows);

    /// <summary>What is to be written when the table is over, be it because of an error.</summary>
    public virtual object[] End() => [];

    private sealed class JsonOutput(IReadOnlyList<AdxResultColumn> columns, string[] names) : ResultOutput
    {
        public override object[] Add(ReadOnlySpan<object?[]> rows)
        {
            var writer = new JsonRowWriter(columns, names);
            var texts = new object[rows.Length];
            for (int i = 0; i < texts.Length; i++)
                texts[i] = writer.Write(rows[i]);
            return texts;
        }
    }

    private sealed class DataTableOutput(string name, IReadOnlyList<AdxResultColumn> columns, string[] names) : ResultOutput
    {
        private readonly DataTableBuilder _builder = new(name, columns, names);

        public override bool IsParallel => false;

        public override object[] Add(ReadOnlySpan<object?[]> rows)
        {
            foreach (object?[] row in rows)
                _builder.Add(row);
            return [];
        }

        public override object[] End() => [_builder.Finish()];
    }
}
