using AdxFlow.Local.Endpoints.Commands;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>A kind of policy of tables and databases: how its commands name it, and what its text may be.</summary>
internal abstract class PolicyKind(string word, string name)
{
    public static IReadOnlyList<PolicyKind> All { get; } = [new BatchingPolicy(), new StreamingPolicy(), new RetentionPolicy(), new CachingPolicy()];

    /// <summary>The word behind <c>policy</c> in a command.</summary>
    public string Word => word;

    /// <summary>The name in the results of commands.</summary>
    public string Name => name;

    /// <summary>Reads the kind at which the reader stands.</summary>
    /// <exception cref="ServiceException">It is one that only the service has, or none.</exception>
    public static PolicyKind Read(CommandReader reader)
    {
        CommandToken token = reader.Next;
        if (token.Kind != CommandTokenKind.Word) throw reader.Unexpected("the kind of a policy");
        PolicyKind kind = All.FirstOrDefault(k => token.IsWord(k.Word)) ?? throw UnknownCommand.NotSupported($"… policy {token.Text}");
        reader.Take();
        return kind;
    }

    /// <summary>Reads what a command sets, up to the end of the command.</summary>
    /// <param name="reader">Stands behind the kind.</param>
    /// <param name="scope">What is set, and on what.</param>
    /// <returns>Makes the new policy of the one that was set before (null for none), as JSON text.</returns>
    /// <exception cref="ServiceException">It is malformed or against the documented limits.</exception>
    public abstract Func<string?, string> ReadChange(CommandReader reader, PolicyScope scope);
}
