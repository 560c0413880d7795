using System.Text.Json;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Adx;

/// <summary>Sends queries and management commands to the engine of a cluster.</summary>
/// <param name="connection">The connection to use. The client holds nothing of its own; making one costs nothing.</param>
public sealed class AdxClient(AdxConnection connection)
{
    private static readonly TimeSpan QueryTime = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan CommandTime = TimeSpan.FromMinutes(10);

    private const int MostTriesOfAnswers = 3;

    private static readonly Dictionary<string, object?> QueryDefaults = new()
    {
        // Without these two, rows come in one piece at the end, and errors stand among them.
        ["results_v2_fragment_primary_tables"] = true,
        ["results_error_reporting_placement"] = "end_of_table",
    };

    private static readonly Dictionary<string, object?> NoOptions = [];

    /// <summary>The connection this client uses.</summary>
    public AdxConnection Connection { get; } = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>Runs a management command (one that begins with a dot) and reads its whole answer.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">What goes with it.</param>
    /// <param name="cancellationToken">Breaks off waiting; the service may go on.</param>
    /// <returns>The table that answers the command; the first of them, where there are several.</returns>
    /// <exception cref="AdxException">As for <see cref="ExecuteCommandTablesAsync"/>.</exception>
    public async Task<AdxResultTable> ExecuteCommandAsync(string command, AdxRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        (await ExecuteCommandTablesAsync(command, options, cancellationToken))[0];

    /// <summary>Runs a management command (one that begins with a dot) and reads its whole answer, which may have several tables.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">What goes with it.</param>
    /// <param name="cancellationToken">Breaks off waiting; the service may go on.</param>
    /// <returns>The tables that answer the command, at least one.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxCommandFailed</c>, <c>AdxForbidden</c>, <c>AdxTableNotFound</c>, <c>AdxDatabaseNotFound</c>, <c>AdxThrottled</c>: what the service says,
    /// be it by the status of its answer or inside of it. <c>AdxConnectionFailed</c>, <c>AdxTimeout</c>: no answer.
    /// </exception>
    public async Task<IReadOnlyList<AdxResultTable>> ExecuteCommandTablesAsync(string command, AdxRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        // What only looks may look twice; of everything else nobody knows how far it came.
        bool mayRepeat = QueryText.OnlyShows(command);
        for (int tries = 1; ; tries++)
        {
            ErrorContext context = Context(ServiceOperation.Command, options) with
            {
                Advice = QueryText.IsCommand(command) ? null : "This is a query, not a management command: run it with Invoke-AdxQuery.",
            };
            using HttpMessage message = Message("/v1/rest/mgmt", command, options, NoOptions, CommandTime, context);
            if (mayRepeat)
                message.MarkRetriableWherePresent();
            await ServiceCall.SendAsync(Connection.Pipelines.Engine, message, context, cancellationToken);
            try
            {
                return await ReadResultAsync(message, options, context, cancellationToken);
            }
            // The pipeline tries again until an answer begins; that it ends is for whoever reads it.
            catch (AdxException broken) when (mayRepeat && broken.ErrorId == "AdxConnectionFailed" && tries < MostTriesOfAnswers)
            {
                await Jitter.WaitAsync(Connection.Pipelines.RetryDelay * tries, cancellationToken);
            }
        }
    }

    /// <summary>Runs a query. Its rows are read with the reader, while they arrive.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">What goes with it.</param>
    /// <param name="cancellationToken">Breaks off waiting for the answer to begin.</param>
    /// <returns>The reader, before its first table. Dispose it.</returns>
    /// <exception cref="AdxException">
    /// <c>AdxQueryFailed</c>, with the message and position the service gives; <c>AdxForbidden</c>, <c>AdxDatabaseNotFound</c>, <c>AdxThrottled</c>,
    /// <c>AdxConnectionFailed</c>, <c>AdxTimeout</c>. Before anything is sent: <c>AdxInvalidQuery</c> (no text, or a management command),
    /// <c>AdxInvalidTimeout</c>, <c>AdxInvalidLiteral</c>, <c>AdxParameterNotDeclared</c>.
    /// </exception>
    public async Task<AdxQueryReader> QueryAsync(string query, AdxRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (QueryText.IsCommand(query))
        {
            throw new AdxException("AdxInvalidQuery", AdxErrorKind.InvalidArgument, "This is a management command, not a query: it begins with a dot.")
            {
                RecommendedAction = "Run it with Invoke-AdxCommand, which asks before it changes anything.",
            };
        }

        ErrorContext context = Context(ServiceOperation.Query, options);
        QueryParameters parameters = QueryParameters.Bind(query, options?.Parameters);
        HttpMessage message = Message("/v2/rest/query", parameters.Query, options, QueryOptions(), QueryTime, context, parameters.Literals);
        var cancellation = new QueryCancellation(Connection, options?.Database, message.Request.ClientRequestId);
        try
        {
            await ServiceCall.SendAsync(Connection.Pipelines.Engine, message, context, cancellationToken);
            return new AdxQueryReader(message, options, context, cancellation);
        }
        catch (Exception failure)
        {
            // Whoever gave up waiting has left the service at work.
            if (failure is OperationCanceledException || (failure is AdxException { ErrorId: "AdxTimeout" } && !message.HasResponse))
                cancellation.Send();
            message.Dispose();
            throw;
        }
    }

    private Dictionary<string, object?> QueryOptions() =>
        Connection.QueryConsistency is null ? QueryDefaults : new(QueryDefaults) { ["queryconsistency"] = Connection.QueryConsistency };

    private static async Task<IReadOnlyList<AdxResultTable>> ReadResultAsync(HttpMessage message, AdxRequestOptions? options, ErrorContext context, CancellationToken cancellationToken)
    {
        Uri address = message.Request.Uri.ToUri();
        int maxRowBytes = options?.MaxRowBytes ?? AdxRequestOptions.DefaultMaxRowBytes;
        using var source = new JsonPullReader(message.Response.ContentStream ?? Stream.Null, maxRowBytes);
        var reader = new CommandResultReader(source, RowForm.Of(options));
        try
        {
            await reader.ReadAsync(cancellationToken);
        }
        catch (JsonException unreadable)
        {
            throw new AdxException(
                source.Ended ? "AdxConnectionFailed" : "AdxInvalidResult",
                source.Ended ? AdxErrorKind.ConnectionFailed : AdxErrorKind.InvalidResult,
                source.Ended ? $"The answer of '{address.Host}' broke off." : $"The answer of '{address.Host}' cannot be understood: {unreadable.Message}",
                unreadable)
            {
                ClientRequestId = context.ClientRequestId,
                RecommendedAction = "The command may have been carried out all the same: look before it is sent a second time.",
            };
        }
        catch (OutOfMemoryException exhausted)
        {
            throw ResultErrors.TooLarge(maxRowBytes, exhausted);
        }
        catch (Exception failure) when (ServiceErrors.From(failure, address, context, cancellationToken) is { } error && error != failure)
        {
            throw error;
        }

        return reader.Error is { } reported
            ? throw ServiceErrors.FromOneApi(JsonValues.ToElement(reported), context, afterRows: false)
            : reader.Results();
    }

    private ErrorContext Context(ServiceOperation operation, AdxRequestOptions? options) => new(operation)
    {
        Database = options?.Database ?? Connection.Database,
        Table = options?.Table,
        NeededRole = options?.NeededRole,
        Principal = Connection.Principal,
        ClientRequestId = ClientRequestId.New(options?.Operation ?? operation.ToString()),
    };

    private HttpMessage Message(
        string path,
        string text,
        AdxRequestOptions? options,
        IReadOnlyDictionary<string, object?> defaults,
        TimeSpan serverTime,
        ErrorContext context,
        IReadOnlyDictionary<string, string>? parameters = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new AdxException("AdxInvalidQuery", AdxErrorKind.InvalidArgument, "There is no query or command: the text is empty.")
            {
                RecommendedAction = "Give the text. If it comes from a file or a variable, see whether that is empty.",
            };
        }

        var timeout = RequestTimeout.From(options, serverTime);
        HttpPipeline pipeline = Connection.Pipelines.Engine;
        HttpMessage message = pipeline.CreateMessage();
        message.BufferResponse = false;
        message.NetworkTimeout = timeout.Client;
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(Connection.Cluster.AbsoluteUri.TrimEnd('/') + path));
        message.Request.ClientRequestId = context.ClientRequestId ?? ClientRequestId.New(null);
        message.Request.Headers.SetValue("Content-Type", "application/json; charset=utf-8");
        var body = new RequestBody(options?.Database ?? Connection.Database, text, message.Request.ClientRequestId) { Parameters = parameters };
        message.Request.Content = RequestContent.Create(body.Write([.. defaults, .. timeout.Options, .. options?.Options ?? NoOptions]));
        return message;
    }
}
