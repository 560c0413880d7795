namespace AdxFlow.Adx;

/// <summary>What goes with a query or command.</summary>
public sealed record AdxRequestOptions
{
    /// <summary>The value of <see cref="MaxRowBytes"/> unless another one is set: 256 MiB.</summary>
    public const int DefaultMaxRowBytes = 256 * 1024 * 1024;

    /// <summary>The database; null means the connection's.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// Values for the parameters that the query declares (<c>declare query_parameters(since:datetime);</c>).
    /// They travel as literals of the declared types, so nothing in them is taken as query text.
    /// Where the query declares none, they are declared for it, by the .NET types of the values.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Parameters { get; init; }

    /// <summary>
    /// Request properties such as <c>notruncation</c>, see <see href="https://learn.microsoft.com/kusto/api/rest/request-properties"/>.
    /// They win over those set here by default.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Options { get; init; }

    /// <summary>
    /// How long the service may work on it; the client waits 30 s longer for the next bytes. Null means the service's own limit
    /// (4 minutes for a query, 10 for a command); <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> and <see cref="TimeSpan.MaxValue"/> mean
    /// as long as the service ever allows, which is an hour.
    /// Source: <see href="https://learn.microsoft.com/kusto/concepts/query-limits#limit-execution-timeout"/>.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gives dynamic values as their JSON text, exact to the last digit, instead of as objects.</summary>
    public bool DynamicAsJson { get; init; }

    /// <summary>
    /// The largest row that is taken into memory, in bytes of its JSON; a larger one is the error <c>AdxResultTooLarge</c>.
    /// It is there against an answer that would fill the memory: a value in a table has 1 MB by default, and 32 MB at most.
    /// </summary>
    public int MaxRowBytes { get; init; } = DefaultMaxRowBytes;

    /// <summary>What is being done, as a word such as <c>Invoke-AdxQuery</c>. It becomes part of the client request id.</summary>
    public string? Operation { get; init; }

    /// <summary>The table it is about, so that an error can name it.</summary>
    public string? Table { get; init; }

    /// <summary>The role that it takes, such as <c>Admin on table 'T'</c>, so that a refusal can name it.</summary>
    internal string? NeededRole { get; init; }
}
