using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>The columns that objects would fill, and what is said of properties that fill none.</summary>
/// <param name="cmdlet">Tells of what is left out.</param>
/// <param name="table">The table, for messages.</param>
/// <param name="only">The names that were chosen; null for all.</param>
internal sealed class InputColumns(AdxCmdlet cmdlet, string table, IReadOnlyList<string>? only)
{
    private IReadOnlyList<string> _leftOut = [];

    /// <summary>The columns that an object would fill.</summary>
    /// <exception cref="AdxException"><c>AdxInputNotRow</c>: it has no properties.</exception>
    public IReadOnlyList<AdxColumn> Infer(PSObject sample)
    {
        (IReadOnlyList<AdxColumn> columns, IReadOnlyList<string> leftOut) = ColumnInference.From(sample, only);
        if (columns.Count == 0)
            throw SendErrors.NoColumns(sample.BaseObject.GetType());
        _leftOut = leftOut;
        if (leftOut.Count > 0)
            cmdlet.WriteWarning($"These properties hold live .NET objects or cannot be read, and are not sent: {string.Join(", ", leftOut)}. Name them with -Column to send them as dynamic.");
        return columns;
    }

    /// <summary>What tells of properties that are none of the columns, once each; of none where the caller has chosen.</summary>
    public UnknownProperties Unknown(IEnumerable<AdxColumn> columns) =>
        new([.. columns.Select(static column => column.Name), .. _leftOut], isTold: only is null, table, cmdlet.WriteWarning);
}
