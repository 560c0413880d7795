using System.Data.SqlTypes;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Values of System.Data.SqlTypes, which have a null of their own, and a decimal of 38 digits.</summary>
internal static class SqlValues
{
    /// <summary>The value as .NET has it elsewhere, or null. A number that .NET's decimal would round is its text.</summary>
    public static object? Plain(INullable value) => value switch
    {
        { IsNull: true } => null,
        SqlDecimal number => DecimalText.Read(number.ToString()),
        SqlMoney number => number.Value,
        SqlInt16 number => number.Value,
        SqlInt32 number => number.Value,
        SqlInt64 number => number.Value,
        SqlByte number => number.Value,
        SqlSingle number => number.Value,
        SqlDouble number => number.Value,
        SqlBoolean truth => truth.Value,
        SqlDateTime time => time.Value,
        SqlGuid id => id.Value,
        SqlString text => text.Value,
        SqlBinary bytes => bytes.Value,
        _ => value.ToString(),
    };

    /// <summary>The type that <see cref="Plain"/> gives for values of a type; the type itself where it is none of these.</summary>
    public static Type PlainType(Type type) => type switch
    {
        _ when type == typeof(SqlDecimal) || type == typeof(SqlMoney) => typeof(decimal),
        _ when type == typeof(SqlInt16) || type == typeof(SqlInt32) || type == typeof(SqlInt64) || type == typeof(SqlByte) => typeof(long),
        _ when type == typeof(SqlSingle) || type == typeof(SqlDouble) => typeof(double),
        _ when type == typeof(SqlBoolean) => typeof(bool),
        _ when type == typeof(SqlDateTime) => typeof(DateTime),
        _ when type == typeof(SqlGuid) => typeof(Guid),
        _ when typeof(INullable).IsAssignableFrom(type) => typeof(string),
        _ => type,
    };
}
