namespace AdxFlow.Http;

/// <summary>After which failures a message may be sent again.</summary>
internal enum RetryScope
{
    /// <summary>None.</summary>
    None,

    /// <summary>Only those after which it is certain that the service did nothing: a 429, or a connection that was never made though somebody is there.</summary>
    NotProcessed,

    /// <summary>
    /// Every transient one, but not where nobody is there (no such host, nothing that listens), nor where the time given for the answer
    /// is over: whoever waits at a prompt is told at once, and waits no longer than was said.
    /// </summary>
    Present,

    /// <summary>Every transient one.</summary>
    Any,
}
