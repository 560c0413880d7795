using System.Globalization;
using System.Management.Automation;
using System.Text;
using AdxFlow.PowerShell.Adx.Results;

namespace AdxFlow;

/// <summary>
/// A row of a result, with a property for each column, in the order of the columns. Each set of columns has a class of its own, made
/// when it first comes. A property takes any value, whatever the type of the column: what a script writes into a row must come out as it
/// went in, a text for a datetime say, as it does with a custom object.
/// </summary>
public abstract class AdxRow : ICloneable
{
    private object?[] _values;

    /// <summary>Makes a row.</summary>
    /// <param name="values">A value for each column. They become the row's own.</param>
    protected AdxRow(object?[] values) => _values = values;

    /// <summary>The columns behind the properties, with the types that the service named, and the names of the properties.</summary>
    internal IReadOnlyList<AdxColumn> Columns => RowShape.Of(GetType()).Columns;

    /// <summary>
    /// The row as PowerShell writes a custom object: <c>@{Id=1; Name=a}</c>. Compare-Object and Select-Object -Unique go by this text
    /// where they are given no property.
    /// </summary>
    /// <returns>The names and values, in the invariant culture.</returns>
    public override string ToString()
    {
        IReadOnlyList<AdxColumn> columns = Columns;
        var text = new StringBuilder("@{");
        for (int i = 0; i < _values.Length; i++)
        {
            if (i > 0)
                text.Append("; ");
            text.Append(columns[i].Name).Append('=').Append(Text(_values[i]));
        }

        return text.Append('}').ToString();
    }

    /// <summary>PSObject.Copy() asks for this; the copy's values are its own, as those of a copied custom object are.</summary>
    object ICloneable.Clone()
    {
        var copy = (AdxRow)MemberwiseClone();
        copy._values = (object?[])_values.Clone();
        return copy;
    }

    /// <summary>A value.</summary>
    /// <param name="column">The place of the column, from 0.</param>
    /// <returns>The value; null where there is none.</returns>
    protected object? Get(int column) => _values[column];

    /// <summary>Sets a value.</summary>
    /// <param name="column">The place of the column, from 0.</param>
    /// <param name="value">The value.</param>
    protected void Set(int column, object? value) => _values[column] = value;

    private static string? Text(object? value) => value switch
    {
        null => null,
        // As in a custom object: what a list is, not what is in it.
        Array list => list.ToString(),
        _ => (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture),
    };
}
