using System.Diagnostics.CodeAnalysis;

namespace AdxFlow;

/// <summary>The names of the ten types, in KQL and in the answers of the service.</summary>
public static class AdxTypes
{
    private static readonly Dictionary<string, AdxType> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bool"] = AdxType.Bool,
        ["boolean"] = AdxType.Bool,
        ["System.Boolean"] = AdxType.Bool,
        ["SByte"] = AdxType.Bool,
        ["System.SByte"] = AdxType.Bool,
        ["int"] = AdxType.Int,
        ["Int32"] = AdxType.Int,
        ["System.Int32"] = AdxType.Int,
        ["long"] = AdxType.Long,
        ["Int64"] = AdxType.Long,
        ["System.Int64"] = AdxType.Long,
        ["real"] = AdxType.Real,
        ["double"] = AdxType.Real,
        ["System.Double"] = AdxType.Real,
        ["decimal"] = AdxType.Decimal,
        ["SqlDecimal"] = AdxType.Decimal,
        ["System.Data.SqlTypes.SqlDecimal"] = AdxType.Decimal,
        ["datetime"] = AdxType.DateTime,
        ["date"] = AdxType.DateTime,
        ["System.DateTime"] = AdxType.DateTime,
        ["timespan"] = AdxType.TimeSpan,
        ["time"] = AdxType.TimeSpan,
        ["System.TimeSpan"] = AdxType.TimeSpan,
        ["guid"] = AdxType.Guid,
        ["uuid"] = AdxType.Guid,
        ["uniqueid"] = AdxType.Guid,
        ["System.Guid"] = AdxType.Guid,
        ["string"] = AdxType.String,
        ["System.String"] = AdxType.String,
        ["dynamic"] = AdxType.Dynamic,
        ["Object"] = AdxType.Dynamic,
        ["System.Object"] = AdxType.Dynamic,
    };

    /// <summary>The type's name in KQL, such as <c>datetime</c>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string Name(AdxType type) => type switch
    {
        AdxType.Bool => "bool",
        AdxType.Int => "int",
        AdxType.Long => "long",
        AdxType.Real => "real",
        AdxType.Decimal => "decimal",
        AdxType.DateTime => "datetime",
        AdxType.TimeSpan => "timespan",
        AdxType.Guid => "guid",
        AdxType.String => "string",
        AdxType.Dynamic => "dynamic",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Reads a type's name: KQL's own, its aliases (<c>double</c>, <c>boolean</c>, <c>date</c>, <c>time</c>, <c>uuid</c>), or .NET's as schemas have it (<c>System.Int64</c>).</summary>
    /// <param name="name">The name; the case of its letters does not matter.</param>
    /// <param name="type">The type.</param>
    /// <returns>Whether there is such a type.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out AdxType type)
    {
        type = default;
        return name is not null && ByName.TryGetValue(name.Trim(), out type);
    }

    /// <summary>Reads a type's name.</summary>
    /// <param name="name">The name, as for <see cref="TryParse"/>.</param>
    /// <returns>The type.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidType</c>: there is no such type.</exception>
    public static AdxType Parse(string name) => TryParse(name, out AdxType type)
        ? type
        : throw new AdxException("AdxInvalidType", AdxErrorKind.InvalidArgument, $"'{name}' is not a type of Azure Data Explorer.")
        {
            RecommendedAction = "The types are bool, int, long, real, decimal, datetime, timespan, guid, string and dynamic.",
        };
}
