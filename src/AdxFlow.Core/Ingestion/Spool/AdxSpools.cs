using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Spool;

/// <summary>The spools under a directory: what is in them, sending what is left, dropping it.</summary>
internal static class AdxSpools
{
    /// <summary>The directories of the ingestions under a path, or the path itself if it is that of one.</summary>
    /// <exception cref="AdxException"><c>AdxSpoolNotFound</c>: there is no such directory.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        try
        {
            if (IsSpool(path))
                return [path];
            return [.. Directory.EnumerateDirectories(path).Where(IsSpool).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            throw SpoolErrors.NotFound(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SpoolErrors.From(failure, path);
        }
    }

    /// <summary>Looks at a spool, which another process may be at work on, and changes nothing.</summary>
    /// <exception cref="AdxException"><c>AdxSpoolVersion</c>, <c>AdxSpoolDamaged</c>, <c>AdxSpoolNotFound</c>, or it cannot be read.</exception>
    public static AdxSpool Read(string path)
    {
        try
        {
            return SpoolReader.Read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SpoolErrors.From(failure, path);
        }
    }

    /// <summary>Sends what is left in a spool.</summary>
    /// <param name="connection">The connection to send over.</param>
    /// <param name="path">The directory of one ingestion.</param>
    /// <param name="options">What to send, how long to wait for it.</param>
    /// <param name="cancel">Stops; what is not accepted by then stays in the spool.</param>
    /// <returns>What was on its way or was sent now.</returns>
    /// <exception cref="AdxException">The spool is in use, belongs elsewhere or cannot be used; or the service refuses.</exception>
    public static async Task<AdxIngestion> ResumeAsync(AdxConnection connection, string path, SpoolResumption options, CancellationToken cancel)
    {
        long since = Environment.TickCount64;
        using var directory = SpoolDirectory.Open(path, null);
        SpoolManifest manifest = directory.Manifest;
        if (!options.Force)
            SpoolTarget.Demand(directory, connection, connection.Database);
        string database = options.Force ? connection.Database : manifest.Database;
        if (options.RetryRefused)
        {
            foreach (SpoolRecord record in directory.Records(AdxSpoolBatchState.Refused))
                directory.Note(record with { State = AdxSpoolBatchState.Sealed, Attempts = 0 });
        }
        var request = new IngestionRequest { Table = manifest.Table, Database = database, Mode = AdxIngestionMode.Queued };
        ITransport transport = await new TransportChoice(connection, database, request, static _ => { }).MakeAsync(cancel);
        using IDisposable? held = transport as IDisposable;
        await using var session = new SpoolSession(connection, directory, transport, database, request, options.Accepted, cancel);
        await session.DrainAsync();
        await session.ConfirmAsync(options.Wait ? options.Timeout : TimeSpan.Zero, cancel);
        return new AdxIngestion
        {
            Id = manifest.Id,
            Database = database,
            Table = manifest.Table,
            Mode = transport.Mode,
            StartTime = manifest.CreatedOn,
            Elapsed = TimeSpan.FromMilliseconds(Environment.TickCount64 - since),
            RejectedRows = 0,
            Batches = session.Batches,
        };
    }

    /// <summary>Drops a spool with the rows in it.</summary>
    /// <exception cref="AdxException">It is in use, of a newer version, or cannot be deleted.</exception>
    public static void Remove(string path)
    {
        using FileStream held = SpoolDirectory.Hold(path);
        SpoolDirectory.Delete(path, held);
    }

    private static bool IsSpool(string path) => File.Exists(Path.Combine(path, SpoolManifest.FileName));
}
