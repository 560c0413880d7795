using System.Diagnostics.CodeAnalysis;

namespace AdxFlow;

/// <summary>The ten scalar types of KQL. Source: <see href="https://learn.microsoft.com/kusto/query/scalar-data-types/"/>.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "They are the names of KQL's types.")]
public enum AdxType
{
    /// <summary>bool: true, false or null.</summary>
    Bool,

    /// <summary>int: a signed integer of 32 bits.</summary>
    Int,

    /// <summary>long: a signed integer of 64 bits.</summary>
    Long,

    /// <summary>real: a floating-point number of 64 bits.</summary>
    Real,

    /// <summary>decimal: a decimal number of 128 bits, about 34 digits.</summary>
    Decimal,

    /// <summary>datetime: an instant in UTC, in steps of 100 ns.</summary>
    DateTime,

    /// <summary>timespan: a duration, in steps of 100 ns.</summary>
    TimeSpan,

    /// <summary>guid: a value of 128 bits.</summary>
    Guid,

    /// <summary>string: text. It is never null; an absent text is empty.</summary>
    String,

    /// <summary>dynamic: any JSON value.</summary>
    Dynamic,
}
