using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>The names that an object offers as columns.</summary>
internal static class InputProperties
{
    public static IEnumerable<string> Names(PSObject input) => input.BaseObject switch
    {
        IDictionary dictionary => dictionary.Keys.Cast<object>().Select(static key => Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""),
        string or ValueType => [],
        // PowerShell shows a row's state among its columns.
        DataRow row => ColumnsOf(row),
        DataRowView view => ColumnsOf(view.Row),
        // Names in double underscores are PowerShell's own business, and reserved in ADX.
        _ => input.Properties.Where(static property => property.IsGettable && !property.Name.StartsWith("__", StringComparison.Ordinal)).Select(static property => property.Name),
    };

    /// <summary>The value under a name; null if there is none. Keys need not be texts: a sorted list does not even compare others with one.</summary>
    public static object? Value(IDictionary dictionary, string name)
    {
        if (HasOnlyTexts(dictionary))
            return dictionary[name];
        foreach (DictionaryEntry entry in dictionary)
        {
            if (Convert.ToString(entry.Key, CultureInfo.InvariantCulture) == name)
                return entry.Value;
        }
        return null;
    }

    /// <summary>Whether every key is a text, so that one may be looked up.</summary>
    public static bool HasOnlyTexts(IDictionary dictionary)
    {
        foreach (object key in dictionary.Keys)
        {
            if (key is not string)
                return false;
        }
        return true;
    }

    private static IEnumerable<string> ColumnsOf(DataRow row) => row.Table.Columns.Cast<DataColumn>().Select(static column => column.ColumnName);
}
