using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Reads objects of any kind into rows: finds for each type the cheapest way once, and looks now and then whether objects
/// carry properties that the table lacks.
/// </summary>
internal sealed class ObjectReader(IReadOnlyList<AdxColumn> columns, string table, UnknownProperties unknown, Action<string> warn)
{
    // To look costs more than to read: whole for what is sent by hand, then often enough to notice within moments and
    // seldom enough to cost nothing. A prime, as kinds of objects that take turns are to be met all.
    private const int LookAtFirst = 1024;
    private const int LookEvery = 251;

    private readonly Dictionary<Type, RowReader> _readers = [];
    private readonly HashSet<string> _names = new(columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
    private readonly ReadFailures _failures = new(warn);
    private Type? _lastType;
    private RowReader? _lastReader;
    private long _read;

    /// <summary>Fills the cells of a row.</summary>
    /// <exception cref="AdxException">The object has nothing that the table takes.</exception>
    public void Read(PSObject input, Span<object?> cells)
    {
        Type type = input.BaseObject.GetType();
        bool isNew = false;
        if (type != _lastType)
        {
            isNew = !_readers.ContainsKey(type);
            _lastReader = ReaderFor(input, type);
            _lastType = type;
        }
        // Custom objects are of one type, and need not have the same properties.
        if (isNew || _read < LookAtFirst || _read % LookEvery == 0)
            Look(input);
        _lastReader!.Read(input, cells);
        if (IsEmpty(cells) && !HasColumn(input))
            throw SendErrors.NotARow(type, table, columns);
        _read++;
    }

    private RowReader ReaderFor(PSObject input, Type type)
    {
        if (_readers.TryGetValue(type, out RowReader? known))
            return known;
        if (!HasColumn(input))
            throw SendErrors.NotARow(type, table, columns);
        return _readers[type] = Create(input, type);
    }

    private RowReader Create(PSObject input, Type type)
    {
        if (input.BaseObject is IDictionary)
            return new DictionaryRowReader(columns, _failures, unknown);
        if (type == typeof(PSCustomObject))
            return new PropertyRowReader(columns, _failures);
        var found = new ColumnNames(columns);
        Func<object, object?>?[] getters = [.. columns.Select((column, index) => input.Properties[column.Name] is { } property && found.Takes(index, property.Name) ? Getters.Find(input, column.Name) : null)];
        return Array.TrueForAll(getters, static getter => getter is null)
            ? new PropertyRowReader(columns, _failures)
            : new ClrRowReader(columns, getters, _failures);
    }

    private bool HasColumn(PSObject input) => InputProperties.Names(input).Any(_names.Contains);

    private void Look(PSObject input) => unknown.Add(InputProperties.Names(input));

    private static bool IsEmpty(ReadOnlySpan<object?> cells)
    {
        foreach (object? cell in cells)
        {
            if (cell is not null)
                return false;
        }
        return true;
    }
}
