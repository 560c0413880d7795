using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Takes columns as people write them: <c>[ordered]@{ Name = 'type' }</c>, <c>'Name:type'</c>, or the columns of a table.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The columns.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">Something is no column, or its type none of ADX.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input switch
        {
            IDictionary columns => columns.Cast<DictionaryEntry>().Select(static entry => Column(Text(entry.Key), Text(entry.Value))).ToArray(),
            string text => new[] { Parse(text) },
            AdxColumn column => new[] { column },
            IEnumerable list => list.Cast<object?>().Select(Item).ToArray(),
            _ => throw Unfit(Text(input)),
        };
    }

    private static AdxColumn Item(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        AdxColumn column => column,
        string text => Parse(text),
        object other => throw Unfit(Text(other)),
        null => throw Unfit(""),
    };

    private static AdxColumn Parse(string text)
    {
        // The last colon: a name may hold one, a type does not.
        int colon = text.LastIndexOf(':');
        return colon > 0 ? Column(text[..colon].Trim(), text[(colon + 1)..].Trim()) : throw Unfit(text);
    }

    private static AdxColumn Column(string name, string type) => AdxTypes.TryParse(type, out AdxType known)
        ? new AdxColumn(name, known)
        : throw new ArgumentTransformationMetadataException($"Column '{name}' has the type '{type}', which ADX does not know. Its types are bool, int, long, real, decimal, datetime, timespan, guid, string and dynamic.");

    private static string Text(object? value) => Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? "";

    private static ArgumentTransformationMetadataException Unfit(string text) =>
        new($"'{text}' is no column. Columns are given as [ordered]@{{ Name = 'type' }} or as 'Name:type'.");
}
