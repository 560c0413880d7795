using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx;

/// <summary>
/// Takes the columns of a mapping as people write them: <c>[ordered]@{ Id = '$.id'; Time = @{ Path = '$.ts'; Transform = '…' } }</c>,
/// names (<c>'Id', 'Time'</c>), the columns of a table or of another mapping, or the mapping's own JSON.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnMappingTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Known = [.. Enum.GetNames<AdxMappingTransform>().Where(static name => name != nameof(AdxMappingTransform.Other))];

    /// <summary>The columns.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">Something is no column of a mapping.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = Unwrap(inputData) ?? throw Unfit("");
        return input switch
        {
            string text when text.AsSpan().TrimStart() is ['[' or '{', ..] => Read(text),
            string or AdxColumnMapping or AdxColumn => new[] { Item(input) },
            IDictionary columns => columns.Cast<DictionaryEntry>().Select(static entry => Column(Text(entry.Key) ?? "", entry.Value)).ToArray(),
            IEnumerable list => list.Cast<object?>().Select(Item).ToArray(),
            _ => throw Unfit(Text(input)),
        };
    }

    private static AdxColumnMapping[] Read(string json)
    {
        try
        {
            return [.. MappingJson.Read(json)];
        }
        catch (JsonException unreadable)
        {
            throw new ArgumentTransformationMetadataException($"This text is not the JSON of a mapping: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>One of a list: a name alone, or an object that says its column itself.</summary>
    private static AdxColumnMapping Item(object? item) => Unwrap(item) switch
    {
        AdxColumnMapping column => column,
        AdxColumn column => new AdxColumnMapping { Column = column.Name, Type = column.Type },
        string name when name.Length > 0 => new AdxColumnMapping { Column = name },
        _ when Members(item) is { } members => Detailed(Text(Member(members, "Column")) ?? throw Unfit("An element without Column"), members),
        { } other => throw Unfit(Text(other)),
        null => throw Unfit(""),
    };

    private static AdxColumnMapping Column(string name, object? source) => Unwrap(source) switch
    {
        byte or short or int or long => new AdxColumnMapping { Column = name, Ordinal = Ordinal(name, Text(source)) },
        // What a text means depends on the kind; the core knows the kinds, and which of the two each has.
        string path when path.StartsWith('$') => new AdxColumnMapping { Column = name, Path = path },
        string field => new AdxColumnMapping { Column = name, Field = field },
        _ when Members(source) is { } members => Detailed(name, members),
        var other => throw new ArgumentTransformationMetadataException($"Column '{name}' comes from '{Text(other)}', which is neither a path ('$.id'), nor a field, nor an ordinal, nor @{{ Path | Field | Ordinal | ConstValue | Transform | Type = … }}."),
    };

    private static AdxColumnMapping Detailed(string column, IReadOnlyList<(string Name, object? Value)> members)
    {
        var mapping = new AdxColumnMapping { Column = column };
        foreach ((string name, object? value) in members)
        {
            mapping = name.ToUpperInvariant() switch
            {
                "COLUMN" => mapping,
                "PATH" => mapping with { Path = Text(value) },
                "FIELD" => mapping with { Field = Text(value) },
                "ORDINAL" => mapping with { Ordinal = Ordinal(column, Text(value)) },
                "CONSTVALUE" => mapping with { ConstValue = Text(value) ?? "" },
                "TRANSFORM" => mapping with { TransformText = KnownTransform(column, Text(value)) },
                "TYPE" or "DATATYPE" => mapping with { Type = KnownType(column, Text(value)) },
                _ => throw new ArgumentTransformationMetadataException($"Column '{column}' has '{name}', which a mapping does not know. It knows Path, Field, Ordinal, ConstValue, Transform and Type."),
            };
        }
        return mapping;
    }

    private static int Ordinal(string column, string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int ordinal)
        ? ordinal
        : throw new ArgumentTransformationMetadataException($"Column '{column}' has the ordinal '{text}', which is no whole number.");

    private static string KnownTransform(string column, string? text) => Known.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentTransformationMetadataException($"Column '{column}' has the transformation '{text}', which is not one of {string.Join(", ", Known)}.");

    private static AdxType KnownType(string column, string? text) => AdxTypes.TryParse(text, out AdxType type)
        ? type
        : throw new ArgumentTransformationMetadataException($"Column '{column}' has the type '{text}', which ADX does not know. Its types are bool, int, long, real, decimal, datetime, timespan, guid, string and dynamic.");

    /// <summary>The entries of a dictionary, or the properties of a custom object; null for anything else.</summary>
    private static List<(string Name, object? Value)>? Members(object? input) => (Unwrap(input), input) switch
    {
        (IDictionary dictionary, _) => [.. dictionary.Cast<DictionaryEntry>().Select(static entry => (Text(entry.Key) ?? "", entry.Value))],
        (PSCustomObject, PSObject custom) => [.. custom.Properties.Select(static property => (property.Name, (object?)property.Value))],
        _ => null,
    };

    private static object? Member(IReadOnlyList<(string Name, object? Value)> members, string name) =>
        members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string? Text(object? value) => Unwrap(value) switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        // As ADX reads it whatever the column's type is.
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    private static ArgumentTransformationMetadataException Unfit(string? text) =>
        new($"'{text}' is no column of a mapping. Columns are given as [ordered]@{{ Id = '$.id'; Time = @{{ Path = '$.ts'; Transform = 'DateTimeFromUnixSeconds' }} }}, as names, or as the mapping's JSON.");
}
