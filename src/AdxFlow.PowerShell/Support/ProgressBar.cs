using System.Management.Automation;
using System.Management.Automation.Host;
using AdxFlow.Auth;

namespace AdxFlow.PowerShell.Support;

/// <summary>
/// A progress bar that is written at most once a second, and only where somebody may see it. It goes straight to the host,
/// as a pipeline that is stopped may write nothing any more, and the bar must go away all the same.
/// </summary>
internal sealed class ProgressBar : IDisposable
{
    private const int ActivityId = 1;

    // The engine counts its own sources from zero.
    private static long _lastSource = long.MaxValue / 2;

    private readonly PSHost? _host;
    private readonly string _activity;
    private readonly long _source = Interlocked.Increment(ref _lastSource);
    private readonly Timer? _timer;
    private volatile bool _isDue;
    private bool _isShown;

    public ProgressBar(PSCmdlet cmdlet, string activity)
    {
        _activity = activity;
        if (!IsWanted(cmdlet))
            return;
        _host = cmdlet.Host;
        _timer = new Timer(static bar => ((ProgressBar)bar!)._isDue = true, this, Period, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How often it is written at most.</summary>
    public static TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <summary>Whether a second has passed since it was written. To ask costs next to nothing.</summary>
    public bool IsDue => _isDue;

    /// <summary>Waits for a task, and meanwhile, on the thread that may write, does again and again what there is to tell.</summary>
    public static void Wait(Task task, Action tell)
    {
        while (Task.WaitAny([task], Period) < 0)
            tell();
    }

    /// <summary>Writes it, if it is due.</summary>
    /// <param name="status">How far it has come.</param>
    /// <param name="percent">The same in percent; -1 where that is not known.</param>
    public void Show(Func<string> status, int percent = -1)
    {
        if (!_isDue || _host is null)
            return;
        _isDue = false;
        _isShown = true;
        _host.UI.WriteProgress(_source, new ProgressRecord(ActivityId, _activity, status()) { PercentComplete = percent });
        _timer!.Change(Period, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes it away.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        if (!_isShown)
            return;
        _isShown = false;
        _host!.UI.WriteProgress(_source, new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private static bool IsWanted(PSCmdlet cmdlet)
    {
        object? preference = cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? given) ? given : cmdlet.GetVariableValue("ProgressPreference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) && action == ActionPreference.Continue
            && HostSession.Of(cmdlet.Host.Name).HasReader;
    }
}
