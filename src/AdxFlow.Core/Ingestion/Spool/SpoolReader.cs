namespace AdxFlow.Ingestion.Spool;

/// <summary>Reads what a spool holds, without touching it.</summary>
internal static class SpoolReader
{
    public static AdxSpool Read(string path)
    {
        SpoolManifest manifest = SpoolManifest.Find(path) ?? throw SpoolErrors.NotFound(path);
        bool isInUse = SpoolDirectory.IsInUse(path);
        SortedDictionary<int, SpoolRecord> records = SpoolJournal.Read(path);
        long position = 0;
        foreach (SpoolRecord record in records.Values)
            position = Math.Max(position, record.Position);
        List<AdxSpoolBatch> batches = [.. records.Values.Where(static record => record.State != AdxSpoolBatchState.Confirmed).Select(ToBatch)];
        foreach (int number in SpoolBatchFile.NumbersIn(path).Where(number => !records.ContainsKey(number)))
        {
            SpoolBatchFile file;
            try
            {
                file = SpoolBatchFile.Scan(path, number);
            }
            catch (FileNotFoundException)
            {
                // It was sealed, sent and confirmed while one looked.
                continue;
            }
            if (file.Header is null || file.Rows == 0)
                continue;
            position = Math.Max(position, file.Position);
            batches.Add(new AdxSpoolBatch
            {
                Number = number,
                SourceId = file.Header.SourceId,
                State = file.IsSealed ? AdxSpoolBatchState.Sealed : AdxSpoolBatchState.Open,
                Rows = file.Rows,
                Bytes = file.WholeBytes,
            });
        }
        return new AdxSpool
        {
            Id = manifest.Id,
            Name = manifest.Name,
            Path = path,
            Cluster = manifest.Cluster,
            Database = manifest.Database,
            Table = manifest.Table,
            DeliveryGuarantee = manifest.DeliveryGuarantee,
            Rows = position,
            Bytes = batches.Sum(static batch => batch.Bytes),
            ConfirmedBatches = records.Values.Count(static record => record.State == AdxSpoolBatchState.Confirmed),
            Batches = batches,
            CreatedOn = manifest.CreatedOn,
            CreatedBy = manifest.CreatedBy,
            IsInUse = isInUse,
        };
    }

    private static AdxSpoolBatch ToBatch(SpoolRecord record) => new()
    {
        Number = record.Batch,
        SourceId = record.SourceId,
        State = record.State,
        Rows = record.Rows,
        Bytes = record.Bytes,
        OperationId = record.OperationId,
        ErrorCode = record.ErrorCode,
        Error = record.Error,
    };
}
