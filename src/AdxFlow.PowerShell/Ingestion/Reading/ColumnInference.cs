using System.Collections;
using System.Data.SqlTypes;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Finds columns and types for a table from sample objects. Whole numbers become long, others real or decimal, nested data
/// dynamic; a value that is not there in any of them, string. Where two samples differ, the column takes the type that holds
/// both. Live .NET objects (a process's modules, say) are left out: they are no data.
/// </summary>
internal sealed class ColumnInference(IReadOnlyCollection<string>? only = null)
{
    private const int ItemsToLookAt = 16;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, Evidence> _evidence = new(StringComparer.Ordinal);

    /// <summary>What the samples have shown of a column: a type, that some value is no data, or nothing yet.</summary>
    private readonly record struct Evidence(AdxType? Type, bool IsLive);

    /// <summary>The columns, in the order in which their names first came.</summary>
    public IReadOnlyList<AdxColumn> Columns =>
        [.. _names.Where(name => !IsLeftOut(_evidence[name])).Select(name => new AdxColumn(name, _evidence[name] switch
        {
            { IsLive: true } => AdxType.Dynamic,
            { Type: { } type } => type,
            _ => AdxType.String,
        }))];

    /// <summary>The names that get no column.</summary>
    public IReadOnlyList<string> LeftOut => [.. _names.Where(name => IsLeftOut(_evidence[name]))];

    /// <summary>The columns of one sample, and the names left out.</summary>
    public static (IReadOnlyList<AdxColumn> Columns, IReadOnlyList<string> LeftOut) From(PSObject sample, IReadOnlyCollection<string>? only = null)
    {
        var inference = new ColumnInference(only);
        inference.Add(sample);
        return (inference.Columns, inference.LeftOut);
    }

    /// <summary>Looks at one more sample.</summary>
    public void Add(PSObject sample)
    {
        foreach (string name in only ?? InputProperties.Names(sample))
            Add(name, Look(sample, name));
    }

    /// <summary>Takes columns whose types are known.</summary>
    public void Add(IEnumerable<AdxColumn> columns)
    {
        foreach (AdxColumn column in columns)
            Add(column.Name, new Evidence(column.Type, IsLive: false));
    }

    private void Add(string name, Evidence evidence)
    {
        if (_evidence.TryGetValue(name, out Evidence before))
        {
            _evidence[name] = Join(before, evidence);
            return;
        }
        _names.Add(name);
        _evidence.Add(name, evidence);
    }

    private bool IsLeftOut(Evidence evidence) => evidence.IsLive && only is null;

    private static Evidence Look(PSObject sample, string name)
    {
        (object? value, string? declared, bool isReadable) = Read(sample, name);
        if (!isReadable)
            return new(null, IsLive: true);
        if (sample.BaseObject is AdxRow row && FromRow(row, name, value) is { } column)
            return new(column, IsLive: false);
        if (value is not (null or DBNull))
            return FromValue(value) is { } type ? new(type, IsLive: false) : new(null, IsLive: true);

        // What a .NET property is declared as counts, but "no value" of a custom object says nothing.
        if (declared is null or "System.Object")
            return default;
        return FromTypeName(declared) is { } known ? new(known, IsLive: false) : new(null, IsLive: true);
    }

    /// <summary>The type that the column had in the cluster; null where the value was replaced by one that it does not hold.</summary>
    private static AdxType? FromRow(AdxRow row, string name, object? value)
    {
        if (row.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } column)
            return null;
        bool holds = value is null || column.Type switch
        {
            AdxType.Dynamic => true,
            // More digits than .NET's decimal holds stay text.
            AdxType.Decimal => value is decimal || (value is string text && DecimalText.IsValid(text)),
            AdxType.Int => value is int,
            _ => FromValue(value) == column.Type,
        };
        return holds ? column.Type : null;
    }

    private static Evidence Join(Evidence one, Evidence other) =>
        new(one.Type is { } left && other.Type is { } right ? Wider(left, right) : one.Type ?? other.Type, one.IsLive || other.IsLive);

    /// <summary>The type that holds the values of both: long and decimal widen to real, what is nested to dynamic, all else to string.</summary>
    private static AdxType Wider(AdxType one, AdxType other)
    {
        if (one == other)
            return one;
        if (one == AdxType.Dynamic || other == AdxType.Dynamic)
            return AdxType.Dynamic;
        if (!IsNumber(one) || !IsNumber(other))
            return AdxType.String;
        if (one is AdxType.Int or AdxType.Long && other is AdxType.Int or AdxType.Long)
            return AdxType.Long;
        return one == AdxType.Real || other == AdxType.Real ? AdxType.Real : AdxType.Decimal;
    }

    private static bool IsNumber(AdxType type) => type is AdxType.Int or AdxType.Long or AdxType.Real or AdxType.Decimal;

    private static (object? Value, string? Declared, bool IsReadable) Read(PSObject sample, string name)
    {
        if (sample.BaseObject is IDictionary dictionary)
            return (Unwrap(InputProperties.Value(dictionary, name)), null, true);
        PSPropertyInfo? property = sample.Properties[name];
        try
        {
            return (Unwrap(property?.Value), property is PSNoteProperty ? null : property?.TypeNameOfValue, true);
        }
        catch (GetValueException)
        {
            return (null, property?.TypeNameOfValue, false);
        }
    }

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static AdxType? FromValue(object value) => value switch
    {
        bool or SwitchParameter => AdxType.Bool,
        Enum => AdxType.String,
        sbyte or byte or short or ushort or int or uint or long or nint => AdxType.Long,
        ulong or BigInteger or decimal => AdxType.Decimal,
        float or double => AdxType.Real,
        DateTime or DateTimeOffset or DateOnly => AdxType.DateTime,
        TimeSpan or TimeOnly => AdxType.TimeSpan,
        Guid => AdxType.Guid,
        INullable => FromType(value.GetType()),
        string or char or Uri or Version or System.Net.IPAddress or Type or byte[] => AdxType.String,
        PSObject or IDictionary or IEnumerable<KeyValuePair<string, object?>> => AdxType.Dynamic,
        _ when JsonDocuments.Text(value) is not null => AdxType.Dynamic,
        IEnumerable list => list.Cast<object?>().Take(ItemsToLookAt).All(static item => item is null || FromValue(Unwrap(item)!) is not null) ? AdxType.Dynamic : null,
        _ => null,
    };

    private static AdxType? FromTypeName(string name)
    {
        if (!LanguagePrimitives.TryConvertTo(name, CultureInfo.InvariantCulture, out Type type))
            return null;
        return FromType(type) ?? (typeof(IDictionary).IsAssignableFrom(type) || IsListOfScalars(type) ? AdxType.Dynamic : null);
    }

    private static bool IsListOfScalars(Type type)
    {
        Type? item = type.IsArray ? type.GetElementType() : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;
        return item is not null && FromType(item) is not null;
    }

    /// <summary>The column type for values of a .NET type; null for one that is no scalar.</summary>
    public static AdxType? FromType(Type type)
    {
        type = SqlValues.PlainType(Nullable.GetUnderlyingType(type) ?? type);
        return type.IsEnum ? AdxType.String : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => AdxType.Bool,
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 => AdxType.Long,
            TypeCode.UInt64 or TypeCode.Decimal => AdxType.Decimal,
            TypeCode.Single or TypeCode.Double => AdxType.Real,
            TypeCode.DateTime => AdxType.DateTime,
            TypeCode.Char or TypeCode.String => AdxType.String,
            _ when type == typeof(TimeSpan) || type == typeof(TimeOnly) => AdxType.TimeSpan,
            _ when type == typeof(Guid) => AdxType.Guid,
            _ when type == typeof(DateTimeOffset) || type == typeof(DateOnly) => AdxType.DateTime,
            _ when type == typeof(byte[]) || type == typeof(Uri) || type == typeof(Version) || type == typeof(System.Net.IPAddress) || type == typeof(Type) => AdxType.String,
            _ when type == typeof(BigInteger) => AdxType.Decimal,
            _ when type == typeof(nint) => AdxType.Long,
            _ when type == typeof(SwitchParameter) => AdxType.Bool,
            _ => null,
        };
    }
}
