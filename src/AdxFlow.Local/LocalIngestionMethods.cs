namespace AdxFlow.Local;

/// <summary>The protocols of queued ingestion that a <see cref="LocalCluster"/> offers.</summary>
public enum LocalIngestionMethods
{
    /// <summary>REST and the classic protocol; the configuration prefers REST.</summary>
    RestAndClassic,

    /// <summary>REST and the classic protocol; the configuration prefers the classic one (<c>Legacy</c>).</summary>
    ClassicPreferred,

    /// <summary>The classic protocol only, as on clusters that do not know REST ingestion yet: its addresses answer 404.</summary>
    ClassicOnly,

    /// <summary>REST only: <c>.get ingestion resources</c> is refused.</summary>
    RestOnly,
}
