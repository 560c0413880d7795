namespace AdxFlow.Flow;

/// <summary>The scalar types of a field in Experience Platform's schemas.</summary>
internal enum FlowFieldType
{
    String,
    Boolean,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 53 bits: as many as JSON can say exactly.</summary>
    Long,

    Number,

    /// <summary>An instant, in ISO 8601.</summary>
    DateTime,
}
