using System.Collections;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Reads objects of any kind into rows: finds for each type the cheapest way once, and looks now and then whether objects
/// carry properties that the table lacks.
/// </summary>
internal sealed class ObjectReader(IReadOnlyList<AdxColumn> columns, IEnumerable<string> toldAlready, string table, Action<string> warn)
{
    // Often enough to notice within moments, seldom enough to cost nothing.
    private const int LookEvery = 4096;

    private readonly Dictionary<Type, RowReader> _readers = [];
    private readonly HashSet<string> _columns = new(columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known = new(columns.Select(static column => column.Name).Concat(toldAlready), StringComparer.OrdinalIgnoreCase);
    private readonly ReadFailures _failures = new(warn);
    private Type? _lastType;
    private RowReader? _lastReader;
    private long _read;

    /// <summary>Fills the cells of a row.</summary>
    /// <exception cref="AdxException">The object has nothing that the table takes.</exception>
    public void Read(PSObject input, Span<object?> cells)
    {
        Type type = input.BaseObject.GetType();
        if (type != _lastType || _read % LookEvery == 0)
        {
            if (!_readers.TryGetValue(type, out _lastReader))
            {
                Look(input, mustMatch: true);
                _lastReader = _readers[type] = Create(input, type);
            }
            else if (_read % LookEvery == 0)
            {
                Look(input, mustMatch: false);
            }
            _lastType = type;
        }
        _lastReader!.Read(input, cells);
        _read++;
    }

    private RowReader Create(PSObject input, Type type)
    {
        if (input.BaseObject is IDictionary)
            return new DictionaryRowReader(columns, _failures);
        if (type == typeof(PSCustomObject))
            return new PropertyRowReader(columns, _failures);
        Func<object, object?>?[] getters = [.. columns.Select(column => Getters.Find(input, column.Name))];
        return Array.TrueForAll(getters, static getter => getter is null)
            ? new PropertyRowReader(columns, _failures)
            : new ClrRowReader(columns, getters, _failures);
    }

    private void Look(PSObject input, bool mustMatch)
    {
        string[] names = [.. InputProperties.Names(input)];
        if (mustMatch && !names.Any(_columns.Contains))
            throw SendErrors.NotARow(input.BaseObject.GetType(), table, columns);
        string[] unknown = [.. names.Where(_known.Add)];
        if (unknown.Length > 0)
            warn(SendErrors.UnknownColumns(table, unknown));
    }
}
