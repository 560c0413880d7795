using System.Globalization;
using System.Text;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>The request properties of a query that have an effect here. Those that would change its result and cannot be heeded are refused.</summary>
/// <remarks>Source: Microsoft Learn, "Request properties", "set statement" and "Query limits".</remarks>
internal sealed class QueryOptions
{
    private const long DefaultRecords = 500_000;
    private const long DefaultSize = 64L * 1024 * 1024;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    private static readonly string[] NotInStatements =
    [
        "norequesttimeout", "queryconsistency", "query_language", "query_log_query_parameters", "query_weakconsistency_session_id", "request_app_name",
        "request_readonly", "request_readonly_hardline", "request_user", "results_progressive_enabled", "results_v2_fragment_primary_tables", "servertimeout",
        "truncationmaxsize",
    ];

    private static readonly string[] Refused =
    [
        "validatepermissions", "query_datetimescope_column", "query_datetimescope_from", "query_datetimescope_to", "query_cursor_after_default",
        "query_cursor_before_or_at_default", "query_cursor_scoped_tables",
    ];

    private readonly ILookup<string, string> _values;

    private QueryOptions(ILookup<string, string> values)
    {
        _values = values;
        string? refused = Refused.FirstOrDefault(r => Text(r) is { } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase));
        if (refused is not null) throw ServiceException.NotSupported($"The local stand-in has no request property '{refused}'. It may be valid: run it against a cluster.");
        if (Text("query_language") is { Length: > 0 } language && !language.Equals("kql", StringComparison.OrdinalIgnoreCase) && !language.Equals("csl", StringComparison.OrdinalIgnoreCase))
            throw ServiceException.NotSupported($"The local stand-in has no query language '{language}'. It may be valid: run it against a cluster.");
        Take = Least("query_take_max_records") ?? long.MaxValue;
        long? records = Least("truncationmaxrecords");
        long? size = Least("truncationmaxsize");
        bool unlimited = Flag("notruncation") && records is null && size is null && Take == long.MaxValue;
        MaxRecords = unlimited ? long.MaxValue : records ?? DefaultRecords;
        MaxSize = unlimited ? long.MaxValue : size ?? DefaultSize;
        Timeout = Flag("norequesttimeout") ? LongestTimeout : Span("servertimeout") ?? DefaultTimeout;
        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout) throw ServiceException.BadRequest($"The request property 'servertimeout' must be above zero and at most {LongestTimeout:c}.");
        FragmentRows = (int)Math.Clamp(Least("query_results_progressive_row_count") ?? RowChunk.MaxRows, 1, RowChunk.MaxRows);
    }

    /// <summary>After so many records the result ends, and that is no error.</summary>
    public long Take { get; }

    /// <summary>More records than these are an error.</summary>
    public long MaxRecords { get; }

    /// <summary>More bytes than these, as JSON, are an error.</summary>
    public long MaxSize { get; }

    public TimeSpan Timeout { get; }

    /// <summary>The most rows of one fragment.</summary>
    public int FragmentRows { get; }

    public bool IsProgressive => Flag("results_progressive_enabled");

    public bool IsFragmented => Flag("results_v2_fragment_primary_tables");

    public bool HasNewlines => Flag("results_v2_newlines_between_frames");

    public string ErrorPlacement => Text("results_error_reporting_placement") switch
    {
        "end_of_table" => "end_of_table",
        "end_of_dataset" => "end_of_dataset",
        _ => "in_data",
    };

    /// <summary>True to tell of failures in the status of the query only.</summary>
    public bool DefersFailures => Flag("deferpartialqueryfailures");

    public ExecutionSettings Settings => new(Now(), Flag("query_results_apply_getschema"));

    /// <exception cref="ServiceException">A property is malformed, cannot be set by a statement, or would need what the stand-in lacks.</exception>
    public static QueryOptions Of(EngineRequest request, ParsedQuery query)
    {
        (string Name, string Value)? wrong = query.Settings.Where(s => NotInStatements.Contains(s.Name, StringComparer.OrdinalIgnoreCase)).Cast<(string, string)?>().FirstOrDefault();
        if (wrong is { } setting) throw ServiceException.BadRequest($"The request property '{setting.Name}' cannot be modified by a set statement.");
        return new QueryOptions(query.Settings.Concat(request.Options).ToLookup(s => s.Name, s => s.Value, StringComparer.OrdinalIgnoreCase));
    }

    private long Now()
    {
        if (Text("query_now") is not { } text) return DateTime.UtcNow.Ticks;
        string bare = text.StartsWith("datetime(", StringComparison.Ordinal) && text.EndsWith(')') ? text[9..^1] : text;
        return ValueText.TryDateTime(Encoding.UTF8.GetBytes(bare), out long ticks) ? ticks : throw Malformed("query_now");
    }

    private TimeSpan? Span(string name)
    {
        if (Text(name) is not { } text) return null;
        return ValueText.TryTimeSpan(Encoding.UTF8.GetBytes(text), out long ticks) ? new TimeSpan(ticks) : throw Malformed(name);
    }

    /// <summary>The lowest of the values; the documentation has it so where a limit is set more than once.</summary>
    private long? Least(string name)
    {
        long? least = null;
        foreach (string text in _values[name])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)) throw Malformed(name);
            least = Math.Min(least ?? value, value);
        }

        return least;
    }

    private bool Flag(string name) => Text(name) is { } text && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value; a statement goes before the request.</summary>
    private string? Text(string name) => _values[name].FirstOrDefault();

    private static ServiceException Malformed(string name) => ServiceException.BadRequest($"The value of the request property '{name}' is malformed.");
}
