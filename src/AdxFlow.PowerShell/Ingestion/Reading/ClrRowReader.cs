using System.Management.Automation;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Reads .NET objects through compiled getters; through PowerShell where a property exists for it only.</summary>
internal sealed class ClrRowReader : RowReader
{
    private readonly Func<object, object?>?[] _getters;
    private readonly AdxType[] _types;

    public ClrRowReader(IReadOnlyList<AdxColumn> columns, Func<object, object?>?[] getters, ReadFailures failures)
        : base(columns, failures)
    {
        _getters = getters;
        _types = [.. columns.Select(static column => column.Type)];
    }

    public override void Read(PSObject input, Span<object?> cells)
    {
        object target = input.BaseObject;
        for (int column = 0; column < cells.Length; column++)
        {
            try
            {
                object? value = _getters[column] is { } getter ? getter(target) : Property(input.Properties, column);
                cells[column] = CellValue.From(value, _types[column]);
            }
#pragma warning disable CA1031 // A getter may throw whatever it likes.
            catch (Exception failure) when (failure is not AdxException { ErrorId: SendErrors.ValueRefused })
#pragma warning restore CA1031
            {
                cells[column] = Unreadable(column, failure);
            }
        }
    }
}
