using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow;

/// <summary>A cmdlet about things that have an id and a name in Experience Platform.</summary>
public abstract class FlowEntityCmdlet : FlowCmdlet
{
    /// <summary>Writes a thing, and remembers it for completion.</summary>
    private protected void Write(FlowEntity entity, string id, string name, object item)
    {
        State.FlowNames.Remember(SignedIn, entity, id, name);
        WriteObject(item);
    }

    /// <summary>Writes the things that have these ids. An id that none has is an error.</summary>
    private protected void WriteById<T>(IEnumerable<string> ids, Func<string, Task<T>> get, Action<T> write)
    {
        foreach (string id in ids)
        {
            if (TryAwait(Checked(() => get(id), id), id, out T? item))
                write(item);
        }
    }

    /// <summary>Does something to one thing after the other, each after asking.</summary>
    /// <param name="entity">What they are.</param>
    /// <param name="ids">Which ones.</param>
    /// <param name="action">What is asked about.</param>
    /// <param name="act">What is done.</param>
    /// <param name="end">What is done after it, on the pipeline's thread.</param>
    private protected void ForEach(FlowEntity entity, IEnumerable<string> ids, string action, Func<string, Task> act, Action<string> end)
    {
        foreach (string id in ids)
        {
            if (ShouldProcess(Shown(entity, id), action) && TryAwait(Checked(() => act(id), id), id))
                end(id);
        }
    }

    /// <summary>Deletes one thing after the other, each after asking, and offers it for completion no more.</summary>
    private protected void Delete(FlowEntity entity, IEnumerable<string> ids, string action, Func<string, Task> delete) =>
        ForEach(entity, ids, action, delete, id => State.FlowNames.Forget(SignedIn, entity, id));

    /// <summary>Writes the things of a list whose names match, as its pages arrive. A name that none has is an error.</summary>
    private protected void WriteNamed<T>(IAsyncEnumerable<T> list, string[] names, Func<T, string> nameOf, Action<T> write, string kind)
    {
        WildcardPattern[] patterns = [.. names.Select(static name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        bool[] found = new bool[names.Length];
        bool isWhole = TryEach(list, kind, item =>
        {
            string itemName = nameOf(item);
            bool isWanted = false;
            for (int i = 0; i < patterns.Length; i++)
            {
                // A name that reads as a pattern means the thing too that is called so.
                if (itemName == names[i] || patterns[i].IsMatch(itemName))
                    isWanted = found[i] = true;
            }
            if (isWanted)
                write(item);
        });
        for (int i = 0; isWhole && i < names.Length; i++)
        {
            if (found[i] || WildcardPattern.ContainsWildcardCharacters(names[i]))
                continue;
            WriteError(new FlowException("FlowNotFound", AdxErrorKind.NotFound, $"There is no {kind} '{names[i]}' in the sandbox '{SignedIn.Sandbox}'.")
            {
                RecommendedAction = "Check the name and the sandbox, and what else the call asks for; without a name all that may be seen are listed.",
            }.ToErrorRecord(names[i]));
        }
    }
}
