using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Reads hashtables and ordered dictionaries by key.</summary>
internal sealed class DictionaryRowReader(IReadOnlyList<AdxColumn> columns, ReadFailures failures) : RowReader(columns, failures)
{
    public override void Read(PSObject input, Span<object?> cells)
    {
        var dictionary = (IDictionary)input.BaseObject;
        for (int column = 0; column < cells.Length; column++)
            cells[column] = CellValue.From(dictionary[Columns[column].Name], Columns[column].Type);
    }
}
