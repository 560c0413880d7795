namespace AdxFlow;

/// <summary>
/// How often a dataflow runs. Source: the schedule of the flow specification in
/// <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/collect/database-nosql"/>.
/// </summary>
public enum FlowFrequency
{
    /// <summary>Once, at its start time, and then on demand with Start-FlowRun.</summary>
    Once,

    /// <summary>Every so many minutes, at least 15.</summary>
    Minute,

    /// <summary>Every so many hours.</summary>
    Hour,

    /// <summary>Every so many days.</summary>
    Day,

    /// <summary>Every so many weeks.</summary>
    Week,
}
