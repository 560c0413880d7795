using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Flows;

/// <summary>When a flow runs.</summary>
/// <param name="Start">The first time.</param>
/// <param name="Period">How long after it comes the next; null for once.</param>
/// <param name="Backfill">True where the first run takes all that is older.</param>
internal sealed record FlowSchedule(DateTimeOffset Start, TimeSpan? Period, bool Backfill)
{
    /// <summary>How much later than its start a flow may come in: a request takes its time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public bool IsOnce => Period is null;

    /// <summary>Reads the schedule of a flow.</summary>
    /// <remarks>Sources: the scheduleSpec of the flow spec; Experience League, "Sources error messages".</remarks>
    /// <exception cref="FlowException">It breaks a rule.</exception>
    public static FlowSchedule Read(JsonNode? parameters)
    {
        if (parameters is not JsonObject { Count: > 0 } schedule) throw FlowException.Connector(1317, "The provided schedule params are empty but should not be empty. Please provide valid schedule params and try again.");
        string frequency = JsonValues.Text(schedule["frequency"]) ?? "";
        TimeSpan unit = frequency switch
        {
            "once" => TimeSpan.Zero,
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            "week" => TimeSpan.FromDays(7),
            _ => throw FlowException.Connector(1397, $"The provided frequency : {frequency} is invalid. Please provide a valid frequency and try again."),
        };
        if (schedule["startTime"] is null) throw FlowException.Connector(1304, "The mandatory field startTime is not provided. Please provide the startTime and try again.");
        if (JsonValues.Integer(schedule["startTime"]) is not (>= 0 and <= EpochSeconds.Last and var seconds))
            throw FlowException.Connector(1340, $"An error occurred while parsing {JsonValues.Scalar(schedule["startTime"])}. Please check the time format provided in the request and try again.");
        DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(seconds);
        bool hasInterval = schedule["interval"] is not null;
        bool hasBackfill = schedule["backfill"] is not null;
        if (unit == TimeSpan.Zero)
        {
            if (hasInterval) throw FlowException.Connector(1361, "Interval is not allowed with one time ingestion. Please remove interval or change frequency and then try again.");
            if (hasBackfill) throw FlowException.Connector(1364, "The backfill flag is not allowed when frequency is set to one. Please remove the backfill flag when frequency is set to once and try again.");
            return new FlowSchedule(start, null, true);
        }

        int least = frequency == "minute" ? 15 : 1;
        if (!hasInterval) throw FlowException.Connector(1304, "The mandatory field interval is not provided. Please provide the interval and try again.");
        if (JsonValues.Integer(schedule["interval"]) is not (<= 100_000 and var interval))
            throw FlowException.Connector(1363, $"Interval {JsonValues.Scalar(schedule["interval"])} is not allowed with frequency: {frequency}. Please provide a valid interval value and try again.");
        if (interval < least) throw FlowException.Connector(1362, $"Interval cannot be less than {least}. Please provide a valid interval value and try again.");
        if (hasBackfill && JsonValues.Boolean(schedule["backfill"]) is null)
            throw FlowException.Connector(1312, $"The provided param value {JsonValues.Scalar(schedule["backfill"])} is not a valid input for property=backfill. Please provide a valid param value and try again.");
        return new FlowSchedule(start, unit * interval, JsonValues.Boolean(schedule["backfill"]) ?? true);
    }

    /// <exception cref="FlowException">It starts in the past.</exception>
    public void DemandFuture(DateTimeOffset now)
    {
        if (Start < now - Grace) throw FlowException.Connector(1360, "The start time cannot be set in the past. Please provide a valid start time and try again.");
    }
}
