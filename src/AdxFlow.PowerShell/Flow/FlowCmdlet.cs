using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow;

/// <summary>A cmdlet that talks to Experience Platform: in <see cref="Session"/>, or in the one that Connect-Flow made last in this runspace.</summary>
public abstract class FlowCmdlet : AdxCmdlet
{
    private FlowSession? _session;

    /// <summary>The session to use; that of the last Connect-Flow in this runspace by default.</summary>
    [Parameter]
    [ValidateNotNull]
    public FlowSession? Session { get; set; }

    /// <summary>The session in force.</summary>
    protected FlowSession SignedIn => _session ??= Resolve();

    private protected FlowClient Client => new(SignedIn);

    /// <summary>Takes each item of a list as it arrives. A failure is an error of what the list is about.</summary>
    private protected bool TryEach<T>(IAsyncEnumerable<T> list, object? target, Action<T> take)
    {
        IAsyncEnumerator<T> items = list.GetAsyncEnumerator(Stop);
        try
        {
            while (TryAwait(items.MoveNextAsync().AsTask(), target, out bool more))
            {
                if (!more)
                    return true;
                take(items.Current);
            }
            return false;
        }
        finally
        {
            items.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>What to call an entity when asking about it: name and id, where this session has seen the name.</summary>
    private protected string Shown(FlowEntity entity, string id)
    {
        string? name = State.FlowNames.Of(SignedIn, entity).FirstOrDefault(known => known.Key == id).Value;
        return string.IsNullOrEmpty(name) ? id : $"{name} ({id})";
    }

    private FlowSession Resolve()
    {
        FlowSession? session = Session ?? State.Flow;
        if (session is null)
        {
            Throw(FlowRefusal.Of("FlowNotConnected", "There is no session with Adobe Experience Platform in this runspace.", "Run Connect-Flow first, or give -Session. Each runspace has its own default session."));
        }
        return session!;
    }
}
