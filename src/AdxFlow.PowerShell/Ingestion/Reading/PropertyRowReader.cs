using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Reads by name through PowerShell: custom objects, and whatever it adapts or extends. Looking a name up costs a fifth of
/// enumerating the properties.
/// </summary>
internal sealed class PropertyRowReader : RowReader
{
    private readonly AdxType[] _types;

    public PropertyRowReader(IReadOnlyList<AdxColumn> columns, ReadFailures failures)
        : base(columns, failures) => _types = [.. columns.Select(static column => column.Type)];

    public override void Read(PSObject input, Span<object?> cells)
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = input.Properties;
        for (int column = 0; column < cells.Length; column++)
        {
            try
            {
                cells[column] = CellValue.From(Property(properties, column), _types[column]);
            }
            catch (GetValueException failure)
            {
                cells[column] = Unreadable(column, failure);
            }
        }
    }
}
