namespace AdxFlow;

/// <summary>Where a field of a mapping gets its value from. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/data-prep/"/>.</summary>
public enum FlowFieldKind
{
    /// <summary>From a column.</summary>
    Attribute,

    /// <summary>From an expression of Data Prep, such as <c>concat(First, " ", Last)</c>.</summary>
    Expression,

    /// <summary>It is always the same text.</summary>
    Static,
}
