namespace AdxFlow;

/// <summary>What has become of a run, as far as its words and its figures together tell.</summary>
public enum FlowRunState
{
    /// <summary>The service said nothing, or a word that this module does not know; <see cref="FlowRun.Status"/> has it.</summary>
    Unknown,

    /// <summary>It is to start.</summary>
    Scheduled,

    /// <summary>It is running.</summary>
    InProgress,

    /// <summary>All rows have arrived.</summary>
    Success,

    /// <summary>It has ended, and rows were left out. The service itself may call such a run a success.</summary>
    PartialSuccess,

    /// <summary>It has failed.</summary>
    Failed,
}
