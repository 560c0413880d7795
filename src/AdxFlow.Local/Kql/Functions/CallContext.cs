using AdxFlow.Local.Kql.Expressions;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>A call that is being bound.</summary>
/// <param name="Source">The query.</param>
/// <param name="Position">Where the call begins.</param>
/// <param name="Name">The function.</param>
/// <param name="Now">The time of the query, in ticks: one for the whole of it.</param>
/// <param name="Arguments">The bound arguments.</param>
internal sealed record CallContext(SourceText Source, int Position, string Name, long Now, Expression[] Arguments)
{
    public KqlException Error(string message) => KqlException.Semantic(Source, Position, $"{Name}(): {message}");

    public KqlException NotSupported(string what, string? hint = null) => KqlException.NotSupported(Source, Position, what, hint);

    public void ExpectCount(int least, int most)
    {
        if (Arguments.Length < least || Arguments.Length > most)
            throw Error(least == most ? $"the function expects {least} argument(s)." : $"the function expects between {least} and {most} arguments.");
    }
}
