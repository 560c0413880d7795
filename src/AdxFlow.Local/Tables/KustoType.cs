namespace AdxFlow.Local.Tables;

/// <summary>The ten scalar types of Kusto.</summary>
/// <remarks>Source: Microsoft Learn, "Scalar data types" of the Kusto Query Language.</remarks>
internal enum KustoType
{
    Bool,
    Int,
    Long,
    Real,
    Decimal,
    DateTime,
    TimeSpan,
    Guid,
    String,
    Dynamic,
}
