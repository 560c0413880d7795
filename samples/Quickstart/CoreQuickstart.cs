using System.Diagnostics;
using System.Globalization;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Local;
using AdxFlow.Samples;
using static AdxFlow.Samples.Report;

namespace AdxFlow.Quickstart;

/// <summary>The same job as <c>quickstart.ps1</c> without PowerShell, through the library that the cmdlets are made of.</summary>
internal static class CoreQuickstart
{
    private const string Application = "aadapp=3f6f8b0a-5d0e-4d5b-9a55-2d6c8e1f7b11;7c2d9a44-1b7e-4c0f-8f43-5a1d0e9b6c22";
    private const long Days = 1461;

    private static readonly AdxColumn[] WeatherColumns =
    [
        new("date", AdxType.DateTime), new("precipitation", AdxType.Real), new("temp_max", AdxType.Real),
        new("temp_min", AdxType.Real), new("wind", AdxType.Real), new("weather", AdxType.String),
    ];

    private static readonly AdxColumn[] ProcessColumns =
    [
        new("Id", AdxType.Int), new("ProcessName", AdxType.String), new("WorkingSet64", AdxType.Long), new("StartTime", AdxType.DateTime),
    ];

    /// <summary>Does the job; what goes wrong is thrown.</summary>
    public static async Task RunAsync()
    {
        await using var local = LocalCluster.Start();
        AdxConnection admin = await ConnectAsync(local, null);
        AdxConnection application = await ConnectAsync(local, Application);
        Step($"Connected to {admin.Cluster} as {admin.Principal}, and as {application.Principal}");

        await new AdxTables(new AdxClient(admin)).CreateAsync(new AdxTableDefinition { Name = "Weather", Columns = WeatherColumns });
        Step($"Made the table Weather ({string.Join(", ", WeatherColumns.AsEnumerable())})");

        string file = Path.Combine(Repository.FindRoot(), "samples", "data", "seattle-weather.csv");
        await ExpectRefusalAsync(application, file);

        IReadOnlyList<AdxRoleAssignment> granted = await new AdxIngestorGrant(new AdxRoles(new AdxClient(admin))).GrantAsync(AdxPrincipal.Parse(Application), "Weather");
        Step($"Granted: {string.Join("; ", granted.Select(static assignment => assignment.RoleText))}");

        AdxIngestion weather = await SendFileAsync(application, file);
        AdxIngestion processes = await SendProcessesAsync(application);
        Step("Sent the file, and the processes of this machine as live objects");
        Print(["Table", "Rows", "Raw bytes", "Sent bytes", "Batches", "Elapsed", "Status"], [Describe(weather), Describe(processes)]);
        Check(weather.Status == AdxIngestionStatus.Succeeded && processes.Status == AdxIngestionStatus.Succeeded, "An ingestion did not succeed.");

        Step("Read back what arrived");
        Check((long)(await QueryAsync(application, "Weather | count")).Rows[0][0]! == Days, "Rows are missing in Weather.");
        Check((long)(await QueryAsync(application, "Processes | count")).Rows[0][0]! == processes.Rows, "Rows are missing in Processes.");
        (IReadOnlyList<AdxResultColumn> columns, IReadOnlyList<object?[]> rows) = await QueryAsync(application,
            "Weather | summarize days = count(), rain_mm = round(sum(precipitation), 1), warmest = max(temp_max), coldest = min(temp_min) by weather | sort by days desc");
        Print(columns.Select(static column => column.Name), rows.Select(static row => row.Select(static cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")));
        Check(rows.Sum(static row => (long)row[1]!) == Days, "The summary does not add up.");
    }

    private static Task<AdxConnection> ConnectAsync(LocalCluster local, string? principal) =>
        AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = local.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local(principal) });

    private static async Task ExpectRefusalAsync(AdxConnection application, string file)
    {
        try
        {
            await SendFileAsync(application, file);
        }
        catch (AdxException refusal) when (refusal.ErrorId == "AdxForbidden")
        {
            Step("Sending as the application is refused as yet");
            Console.WriteLine(refusal.Message);
            Console.WriteLine("-> " + refusal.RecommendedAction);
            return;
        }
        throw new InvalidOperationException("Sending without the role Ingestor was not refused.");
    }

    private static async Task<AdxIngestion> SendFileAsync(AdxConnection connection, string file)
    {
        await using IngestionSession session = await IngestionSession.StartAsync(connection, new IngestionRequest { Table = "Weather" });
        session.OpenFiles().Add(new FileIngestion { Path = file, IgnoreFirstRecord = true });
        return await new IngestionTracker(connection).WaitAsync(await session.CompleteAsync(), Timeout.InfiniteTimeSpan);
    }

    private static async Task<AdxIngestion> SendProcessesAsync(AdxConnection connection)
    {
        await new AdxTables(new AdxClient(connection)).CreateAsync(new AdxTableDefinition { Name = "Processes", Columns = ProcessColumns });
        await using IngestionSession session = await IngestionSession.StartAsync(connection, new IngestionRequest { Table = "Processes" });
        RowIntake rows = session.OpenRows(ProcessColumns);
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
                rows.Add(process.Id, process.ProcessName, process.WorkingSet64, StartTime(process));
        }
        return await new IngestionTracker(connection).WaitAsync(await session.CompleteAsync(), Timeout.InfiniteTimeSpan);
    }

    private static DateTime? StartTime(Process process)
    {
        try
        {
            return process.StartTime;
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile, or is another user's.
            return null;
        }
    }

    private static async Task<(IReadOnlyList<AdxResultColumn> Columns, IReadOnlyList<object?[]> Rows)> QueryAsync(AdxConnection connection, string query)
    {
        await using AdxQueryReader reader = await new AdxClient(connection).QueryAsync(query);
        var rows = new List<object?[]>();
        await reader.NextTableAsync();
        IReadOnlyList<AdxResultColumn> columns = reader.Columns;
        while (await reader.ReadBlockAsync())
            rows.AddRange(reader.Rows);
        return (columns, rows);
    }

    private static string[] Describe(AdxIngestion ingestion) =>
    [
        ingestion.Table, Text(ingestion.Rows), Text(ingestion.RawBytes), Text(ingestion.SentBytes), Text(ingestion.Batches.Count),
        ingestion.Elapsed.ToString(@"mm\:ss\.fff", CultureInfo.InvariantCulture), ingestion.Status.ToString(),
    ];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
