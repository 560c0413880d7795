using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Reads hashtables and ordered dictionaries by key, whatever the case of its letters.</summary>
internal sealed class DictionaryRowReader(IReadOnlyList<AdxColumn> columns, ReadFailures failures, UnknownProperties unknown) : RowReader(columns, failures)
{
    private readonly Dictionary<string, int> _columns = Ordinals(columns);

    public override void Read(PSObject input, Span<object?> cells)
    {
        var dictionary = (IDictionary)input.BaseObject;
        // A sorted list compares a name with its keys, and fails where they are none.
        bool canLookUp = dictionary is not SortedList || InputProperties.HasOnlyTexts(dictionary);
        int found = 0;
        for (int column = 0; column < cells.Length; column++)
        {
            cells[column] = null;
            if (!canLookUp || Names.HasRival(column))
                continue;
            string name = Names[column];
            object? value = dictionary[name];
            if (value is not null || dictionary.Contains(name))
                found++;
            cells[column] = CellValue.From(value, Columns[column].Type);
        }
        // The count tells, at no cost, of keys that no column was found by.
        if (found < dictionary.Count)
            ReadOthers(dictionary, cells, canLookUp);
    }

    /// <summary>The keys that are written otherwise than the columns, or that the table has none for.</summary>
    private void ReadOthers(IDictionary dictionary, Span<object?> cells, bool canLookUp)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (!_columns.TryGetValue(key, out int column))
                unknown.Add(key);
            else if (Names.HasRival(column))
                ReadRivals(key, entry.Value, cells);
            else if (!canLookUp || !dictionary.Contains(Names[column]))
                cells[column] = CellValue.From(entry.Value, Columns[column].Type);
        }
    }

    /// <summary>A key whose columns differ in the case of letters only: it goes to the one that is written so, or else to all.</summary>
    private void ReadRivals(string key, object? value, Span<object?> cells)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            if (Names.Takes(column, key))
                cells[column] = CellValue.From(value, Columns[column].Type);
        }
    }

    private static Dictionary<string, int> Ordinals(IReadOnlyList<AdxColumn> columns)
    {
        var ordinals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int column = 0; column < columns.Count; column++)
            ordinals.TryAdd(columns[column].Name, column);
        return ordinals;
    }
}
