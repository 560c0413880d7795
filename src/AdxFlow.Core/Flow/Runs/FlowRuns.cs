using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Http;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads, starts, repeats and follows runs. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/flow-service/"/>.</summary>
internal sealed class FlowRuns(FlowClient client)
{
    private const string StartedAt = "metrics.durationSummary.startedAtUTC";
    private const int FilesAtATime = 100;

    // About two seconds, at the pace of waiting.
    private const int MostUnseen = 8;

    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/runs", "property", "limit", "orderby");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/runs/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.FlowService, "/runs");
    private static readonly FlowOperation Act = new(RequestMethod.Post, FlowServices.FlowService, "/runs/{id}/action", "op");
    private static readonly FlowOperation Diagnostics = new(RequestMethod.Get, FlowServices.DataAccess, "/batches/{batchId}/meta", "path", "start", "limit");

    /// <summary>Lists runs, newest first, page after page.</summary>
    /// <param name="filter">What they must be like.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<FlowRun> ListAsync(FlowRunFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowRequest request = new FlowRequest(List)
            .With("property", filter.FlowId is null ? null : FlowFilter.Equal("flowId", filter.FlowId))
            .With("property", filter.After is { } after ? FlowFilter.After(StartedAt, after) : null)
            .With("property", filter.Before is { } before ? FlowFilter.Before(StartedAt, before) : null)
            .With("orderby", FlowQuery.NewestFirst)
            .With("limit", filter.PageSize);
        await foreach (JsonElement item in client.ListEntitiesAsync(request, cancellationToken))
        {
            FlowRun run = FlowRunReader.Read(item);
            // Not asked of the service: it calls a success what has left rows out, and its pages spell its words in two ways.
            if (filter.States.Count == 0 || filter.States.Contains(run.State))
                yield return run;
        }
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowRun> GetAsync(string id, CancellationToken cancellationToken) =>
        FlowRunReader.Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"run '{id}'" }, cancellationToken));

    /// <summary>Runs a flow of frequency Once over a window of its table. The flow is read first, and the rules are checked.</summary>
    /// <param name="flowId">The flow.</param>
    /// <param name="windowStart">Rows from here on.</param>
    /// <param name="windowEnd">Rows before here.</param>
    /// <param name="deltaColumn">The column that the window is about; needed for the flow's first such run only.</param>
    /// <param name="startTime">When to begin; null means now.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="FlowException">A rule is broken, and no run was made; or the service refuses.</exception>
    public async Task<FlowRun> StartAsync(string flowId, DateTimeOffset windowStart, DateTimeOffset windowEnd, string? deltaColumn, DateTimeOffset? startTime, CancellationToken cancellationToken)
    {
        Dataflow flow = await new Dataflows(client).GetAsync(flowId, cancellationToken);
        RunRules.CheckStart(flow, windowStart, windowEnd, deltaColumn);
        if (flow is { DeltaColumn: null, SourceId: { } sourceId })
            await CheckDeltaColumnAsync(sourceId, deltaColumn!, cancellationToken);
        var parameters = new JsonObject
        {
            ["startTime"] = FlowBody.Seconds(startTime ?? DateTimeOffset.UtcNow),
            ["windowStartTime"] = FlowBody.Seconds(windowStart),
            ["windowEndTime"] = FlowBody.Seconds(windowEnd),
        };
        // What the first run has settled is not said again.
        if (flow.DeltaColumn is null)
            parameters["deltaColumn"] = FlowBody.DeltaColumnOf(deltaColumn!);
        var body = new JsonObject { ["flowId"] = flowId, ["params"] = parameters };
        FlowReference made = await client.ChangeAsync(new FlowRequest(Create) { Body = body, Subject = $"a run of flow '{flow.Name}'" }, cancellationToken);
        return await FindAsync(made.RequireId("run"), flowId, cancellationToken);
    }

    /// <summary>Repeats a run. Run and flow are read first, and the rules are checked.</summary>
    /// <returns>The run that came of it: a new one where the service names one, else the same again.</returns>
    /// <exception cref="FlowException">A rule is broken, and nothing was repeated; or the service refuses.</exception>
    public async Task<FlowRun> RestartAsync(string id, CancellationToken cancellationToken)
    {
        FlowRun run = await GetAsync(id, cancellationToken);
        Dataflow flow = await new Dataflows(client).GetAsync(run.FlowId, cancellationToken);
        RunRules.CheckRestart(run, flow);
        FlowReference made = await client.ChangeAsync(new FlowRequest(Act, id) { Subject = $"run '{id}'" }.With("op", "re-trigger"), cancellationToken);
        return await FindAsync(made.Id ?? id, run.FlowId, cancellationToken);
    }

    /// <summary>The newest run of a flow; null where it has not run.</summary>
    public async Task<FlowRun?> FindNewestAsync(string flowId, CancellationToken cancellationToken)
    {
        await foreach (FlowRun run in ListAsync(new FlowRunFilter { FlowId = flowId, PageSize = "1" }, cancellationToken))
            return run;
        return null;
    }

    /// <summary>
    /// Gets a run again and again. Its id may be so new that the service does not show it yet: the first few times that is null, and no error; once it
    /// was seen, one that is missing is gone.
    /// </summary>
    public Func<CancellationToken, Task<FlowRun?>> Follow(string id)
    {
        int unseen = 0;
        return async cancellationToken =>
        {
            try
            {
                FlowRun run = await GetAsync(id, cancellationToken);
                unseen = MostUnseen;
                return run;
            }
            catch (FlowException missing) when (missing.ErrorId == "FlowNotFound" && unseen < MostUnseen)
            {
                unseen++;
                return null;
            }
        };
    }

    /// <summary>Asks, ever more seldom, until the run has ended or the time is over.</summary>
    /// <param name="find">Gets the run as it is now; null while there is none.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="progress">Told of each answer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The run at the end, not finished if the time was over; null where none has come.</returns>
    public static async Task<FlowRun?> WaitAsync(Func<CancellationToken, Task<FlowRun?>> find, TimeSpan timeout, IProgress<FlowRun?> progress, CancellationToken cancellationToken)
    {
        var polling = new StatusPolling(timeout);
        while (true)
        {
            FlowRun? run = await find(cancellationToken);
            progress.Report(run);
            if (run is { IsFinished: true } || !await polling.WaitAsync(cancellationToken))
                return run;
        }
    }

    /// <summary>
    /// The rows that a batch left out. Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/ingestion/quality/error-diagnostics"/>.
    /// </summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="runId">The run that wrote it; null where that is not known.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<FlowRowError> GetRowErrorsAsync(string batchId, string? runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int start = 0; ; start += FilesAtATime)
        {
            IReadOnlyList<string> files = await ListFilesAsync(batchId, start, cancellationToken);
            foreach (string file in files)
            {
                string text = await client.GetTextAsync(DiagnosticsOf(batchId).With("path", "row_errors/" + file), cancellationToken);
                foreach (FlowRowError row in RowErrorReader.Read(text, batchId, file, runId))
                    yield return row;
            }
            if (files.Count < FilesAtATime)
                yield break;
        }
    }

    /// <summary>The first run settles the column for good, so a slip of the pen could not be mended.</summary>
    private async Task CheckDeltaColumnAsync(string sourceId, string deltaColumn, CancellationToken cancellationToken)
    {
        FlowSource source;
        try
        {
            source = await new FlowSources(client).GetAsync(sourceId, cancellationToken);
        }
        catch (FlowException hidden) when (hidden.Kind is AdxErrorKind.PermissionDenied or AdxErrorKind.NotFound)
        {
            // The service, which knows the source, must tell then.
            return;
        }
        FlowPartRules.CheckDeltaColumn(deltaColumn, source.Table, source.Columns);
    }

    private async Task<IReadOnlyList<string>> ListFilesAsync(string batchId, int start, CancellationToken cancellationToken)
    {
        FlowRequest request = DiagnosticsOf(batchId).With("path", "row_errors")
            .With("start", start == 0 ? null : start.ToString(CultureInfo.InvariantCulture))
            .With("limit", FilesAtATime.ToString(CultureInfo.InvariantCulture));
        try
        {
            JsonElement answer = await client.SendAsync(request, cancellationToken);
            return [.. answer.Items("data").Select(static file => file.Text("name")).OfType<string>()];
        }
        catch (FlowException none) when (none.Kind == AdxErrorKind.NotFound)
        {
            // A batch without errors, or without diagnostics, has no such directory.
            return [];
        }
    }

    private static FlowRequest DiagnosticsOf(string batchId) => new(Diagnostics, batchId) { Subject = $"the diagnostics of batch '{batchId}'" };

    /// <summary>A run that was just made; the service may take a moment before it shows it.</summary>
    private async Task<FlowRun> FindAsync(string id, string flowId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken);
        }
        catch (FlowException unseen) when (unseen.Kind == AdxErrorKind.NotFound)
        {
            return new FlowRun { Id = id, FlowId = flowId, State = FlowRunState.Scheduled };
        }
    }
}
