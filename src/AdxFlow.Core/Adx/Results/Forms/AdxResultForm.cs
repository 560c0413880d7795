using System.Diagnostics.CodeAnalysis;

namespace AdxFlow;

/// <summary>In what form a cmdlet gives a result.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It is what PowerShell calls an object.")]
public enum AdxResultForm
{
    /// <summary>A custom object a row, a property a column, while the answer arrives.</summary>
    Object,

    /// <summary>A <see cref="System.Data.DataTable"/> a result table, with typed columns, when the table is whole.</summary>
    DataTable,

    /// <summary>A JSON object a row, as a text of one line, while the answer arrives. A file of them is what ADX calls the format json (JSON Lines).</summary>
    Json,
}
