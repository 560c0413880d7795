using System.Collections;
using System.Management.Automation;
using System.Numerics;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Finds columns and types for a table from a sample object. Whole numbers become long, others real or decimal, nested data
/// dynamic; a value that is not there yet, string. Live .NET objects (a process's modules, say) are left out: they are no data.
/// </summary>
internal static class ColumnInference
{
    private const int ItemsToLookAt = 16;

    /// <summary>The columns, and the names left out.</summary>
    public static (IReadOnlyList<AdxColumn> Columns, IReadOnlyList<string> LeftOut) From(PSObject sample, IReadOnlyCollection<string>? only = null)
    {
        var columns = new List<AdxColumn>();
        var leftOut = new List<string>();
        foreach (string name in only ?? InputProperties.Names(sample))
        {
            (object? value, string? declared, bool isReadable) = Read(sample, name);
            AdxType? type = !isReadable ? null : value is null ? FromTypeName(declared) : FromValue(value);
            if (type is null && only is not null)
                type = AdxType.Dynamic;
            if (type is { } known)
                columns.Add(new AdxColumn(name, known));
            else
                leftOut.Add(name);
        }
        return (columns, leftOut);
    }

    private static (object? Value, string? Declared, bool IsReadable) Read(PSObject sample, string name)
    {
        if (sample.BaseObject is IDictionary dictionary)
            return (Unwrap(dictionary[name]), null, true);
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
        DBNull => AdxType.String,
        bool or SwitchParameter => AdxType.Bool,
        Enum => AdxType.String,
        sbyte or byte or short or ushort or int or uint or long or nint => AdxType.Long,
        ulong or BigInteger or decimal => AdxType.Decimal,
        float or double => AdxType.Real,
        DateTime or DateTimeOffset or DateOnly => AdxType.DateTime,
        TimeSpan or TimeOnly => AdxType.TimeSpan,
        Guid => AdxType.Guid,
        string or char or Uri or Version or System.Net.IPAddress or Type or byte[] => AdxType.String,
        PSObject or IDictionary => AdxType.Dynamic,
        IEnumerable list => list.Cast<object?>().Take(ItemsToLookAt).All(static item => item is null || FromValue(Unwrap(item)!) is not null) ? AdxType.Dynamic : null,
        _ => null,
    };

    private static AdxType? FromTypeName(string? name)
    {
        if (name is null or "System.Object" or "System.String")
            return AdxType.String;
        return Type.GetType(name) is { } type ? FromType(type) : null;
    }

    /// <summary>The column type for values of a .NET type; null for one that is no scalar.</summary>
    public static AdxType? FromType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? AdxType.String : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => AdxType.Bool,
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 => AdxType.Long,
            TypeCode.UInt64 or TypeCode.Decimal => AdxType.Decimal,
            TypeCode.Single or TypeCode.Double => AdxType.Real,
            TypeCode.DateTime => AdxType.DateTime,
            TypeCode.Char or TypeCode.String => AdxType.String,
            _ when type == typeof(TimeSpan) => AdxType.TimeSpan,
            _ when type == typeof(Guid) => AdxType.Guid,
            _ when type == typeof(DateTimeOffset) => AdxType.DateTime,
            _ => null,
        };
    }
}
