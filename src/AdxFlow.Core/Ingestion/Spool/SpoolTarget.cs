namespace AdxFlow.Ingestion.Spool;

/// <summary>Whether a spool belongs to where one is about to send it.</summary>
internal static class SpoolTarget
{
    /// <exception cref="AdxException"><c>AdxSpoolMismatch</c>: the connection leads elsewhere.</exception>
    public static void Demand(SpoolDirectory spool, AdxConnection connection, string database)
    {
        SpoolManifest manifest = spool.Manifest;
        if (manifest.Cluster != connection.Cluster)
            throw SpoolErrors.Mismatch(spool.Path, $"belongs to the cluster {manifest.Cluster}; the connection is to {connection.Cluster}.");
        // Names of databases are told apart without regard to case.
        if (!manifest.Database.Equals(database, StringComparison.OrdinalIgnoreCase))
            throw SpoolErrors.Mismatch(spool.Path, $"belongs to the database '{manifest.Database}'; the connection is to '{database}'.");
    }

    /// <exception cref="AdxException"><c>AdxSpoolMismatch</c>: a spool of that name was made for something else.</exception>
    public static void DemandSame(SpoolDirectory spool, SpoolManifest wanted)
    {
        SpoolManifest manifest = spool.Manifest;
        if (manifest.Table != wanted.Table)
            throw SpoolErrors.Mismatch(spool.Path, $"belongs to the table '{manifest.Table}', not to '{wanted.Table}'.");
        if (manifest.DeliveryGuarantee != wanted.DeliveryGuarantee)
            throw SpoolErrors.Mismatch(spool.Path, $"was made for {manifest.DeliveryGuarantee}, not for {wanted.DeliveryGuarantee}.");
    }
}
