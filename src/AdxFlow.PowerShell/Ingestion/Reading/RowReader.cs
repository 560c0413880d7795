using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Reads the cells of a row from objects of one kind, by names known before.</summary>
internal abstract class RowReader(IReadOnlyList<AdxColumn> columns, ReadFailures failures)
{
    protected IReadOnlyList<AdxColumn> Columns { get; } = columns;

    protected ColumnNames Names { get; } = new(columns);

    /// <summary>Fills every cell.</summary>
    public abstract void Read(PSObject input, Span<object?> cells);

    /// <summary>The value of the property that goes to a column; null if there is none.</summary>
    protected object? Property(PSMemberInfoCollection<PSPropertyInfo> properties, int column)
    {
        PSPropertyInfo? property = properties[Names[column]];
        return property is null || (Names.HasRival(column) && !Names.Takes(column, property.Name)) ? null : property.Value;
    }

    /// <summary>A value that could not be read: the cell stays empty, and the user hears of the property once.</summary>
    protected object? Unreadable(int column, Exception failure)
    {
        failures.Add(Columns[column].Name, failure);
        return null;
    }
}
