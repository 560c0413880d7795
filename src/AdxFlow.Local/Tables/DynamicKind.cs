namespace AdxFlow.Local.Tables;

/// <summary>What a dynamic value holds. JSON gives the first six and the two containers; queries can also put in the rest.</summary>
internal enum DynamicKind
{
    Null,
    Bool,
    Long,
    Real,
    String,
    Decimal,
    DateTime,
    TimeSpan,
    Guid,
    Array,
    Object,
}
