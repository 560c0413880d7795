using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>What a parameter of a function takes: one type (narrower numbers are widened), or more than one.</summary>
internal enum Arg
{
    Bool = KustoType.Bool,
    Int = KustoType.Int,
    Long = KustoType.Long,
    Real = KustoType.Real,
    Decimal = KustoType.Decimal,
    DateTime = KustoType.DateTime,
    TimeSpan = KustoType.TimeSpan,
    Guid = KustoType.Guid,
    String = KustoType.String,
    Dynamic = KustoType.Dynamic,

    /// <summary>Text, or a dynamic value, of which the function sees the text.</summary>
    StringOrDynamic = KustoType.Dynamic + 100,

    /// <summary>Any type; the function sees its text, as <c>tostring()</c> has it.</summary>
    Text,

    /// <summary>Any numeric type; the function sees a real.</summary>
    Number,
}
