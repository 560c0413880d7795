using System.Globalization;

namespace AdxFlow;

/// <summary>
/// Where the value of one column comes from: one of <see cref="Ordinal"/>, <see cref="Path"/>, <see cref="Field"/> and
/// <see cref="ConstValue"/>, or a transformation that needs none of them. Source:
/// <see href="https://learn.microsoft.com/kusto/management/mappings"/>.
/// </summary>
public sealed record AdxColumnMapping
{
    /// <summary>The column of the table; the case of its letters matters.</summary>
    public required string Column { get; init; }

    /// <summary>The type with which queued ingestion adds the column to a table that lacks it; null where none is given.</summary>
    public AdxType? Type { get; init; }

    /// <summary>For csv: the place of the field in the record, from 0.</summary>
    public int? Ordinal { get; init; }

    /// <summary>For json, avro, parquet and orc: the JSONPath of the value, such as <c>$.device.id</c>; <c>$</c> is the whole record.</summary>
    public string? Path { get; init; }

    /// <summary>For avro, parquet, orc and w3clogfile: the name of the field.</summary>
    public string? Field { get; init; }

    /// <summary>The same value for every record.</summary>
    public string? ConstValue { get; init; }

    /// <summary>What is done to the value; null where nothing is, <see cref="AdxMappingTransform.Other"/> where this version does not know it.</summary>
    public AdxMappingTransform? Transform
    {
        get => string.IsNullOrEmpty(TransformText) || TransformText.Equals("None", StringComparison.OrdinalIgnoreCase) ? null
            : Enum.TryParse(TransformText, ignoreCase: true, out AdxMappingTransform known) && Enum.IsDefined(known) && !char.IsAsciiDigit(TransformText[0]) ? known
            : AdxMappingTransform.Other;
        init => TransformText = value?.ToString();
    }

    /// <summary>The transformation in the service's words; null where there is none.</summary>
    public string? TransformText { get; init; }

    /// <summary>Whether anything says where the value comes from.</summary>
    internal bool HasSource => Ordinal is not null || Path is not null || Field is not null || ConstValue is not null;

    /// <summary>The column and where it comes from.</summary>
    /// <returns>For example <c>Time=$.ts (DateTimeFromUnixSeconds)</c>.</returns>
    public override string ToString()
    {
        string? source = Ordinal is { } ordinal ? ordinal.ToString(CultureInfo.InvariantCulture) : Path ?? Field ?? (ConstValue is null ? null : $"'{ConstValue}'");
        return (source, Transform is null ? null : TransformText) switch
        {
            (null, null) => Column,
            (null, { } transform) => $"{Column}={transform}",
            ({ } from, null) => $"{Column}={from}",
            ({ } from, { } transform) => $"{Column}={from} ({transform})",
        };
    }
}
