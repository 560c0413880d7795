using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Runs ingestion commands as operations that <c>.show operations</c> tells of, at once or in the background.</summary>
internal static class LoggedCommand
{
    private static readonly Column[] StartedColumns = [new("OperationId", KustoType.Guid)];

    /// <summary>Ingests, and waits for the end.</summary>
    /// <param name="context">The command.</param>
    /// <param name="kind">The alias of the command.</param>
    /// <param name="table">The table.</param>
    /// <param name="source">Where the data comes from, without secrets.</param>
    /// <param name="format">The format of the data.</param>
    /// <param name="ingest">Does it.</param>
    /// <returns>The operation, which is completed.</returns>
    /// <exception cref="ServiceException">The data cannot be ingested.</exception>
    public static LoggedOperation Run(CommandContext context, string kind, string table, string source, DataFormat format, Action ingest)
    {
        LoggedOperation operation = context.Services.Operations.Begin(kind, context.Database.Name, context.Caller.Fqn);
        try
        {
            ingest();
            context.Services.Operations.End(operation, null);
            return operation;
        }
        catch (IngestionException e)
        {
            context.Services.Operations.End(operation, e);
            AddFailure(context, operation, table, source, format, e);
            throw ServiceException.BadRequest(e.Message, e.Code);
        }
        catch (Exception e)
        {
            context.Services.Operations.End(operation, e);
            throw;
        }
    }

    /// <summary>Ingests in the background; the result tells the id of the operation.</summary>
    /// <param name="context">The command.</param>
    /// <param name="kind">The alias of the command.</param>
    /// <param name="table">The table.</param>
    /// <param name="source">Where the data comes from, without secrets.</param>
    /// <param name="format">The format of the data.</param>
    /// <param name="ingest">Does it, and keeps that the operation is completed together with the rows.</param>
    public static ResultSet Start(CommandContext context, string kind, string table, string source, DataFormat format, Action<LoggedOperation> ingest)
    {
        LoggedOperation operation = context.Services.Operations.Begin(kind, context.Database.Name, context.Caller.Fqn);
        context.Services.Operations.Keep(operation);
        context.Services.Operations.RunInBackground(() =>
        {
            Exception? error = null;
            try
            {
                ingest(operation);
            }
            catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
            {
                // The next start tells that it was abandoned.
                return;
            }
            catch (Exception e)
            {
                error = e;
            }

            context.Services.Operations.End(operation, error);
            if (error is not (null or KqlException or ServiceException))
                AddFailure(context, operation, table, source, format, error as IngestionException ?? new IngestionException("General_InternalServerError", error.Message, transient: true));
        });
        return ResultSet.FromRows(StartedColumns, [[operation.Id]]);
    }

    private static void AddFailure(CommandContext context, LoggedOperation operation, string table, string source, DataFormat format, IngestionException error) =>
        context.Services.Ingestion.AddFailure(new IngestionFailure(
            operation.Id, context.Database.Name, table, DateTime.UtcNow, source, error, operation.Operation, context.Caller.Fqn, format));
}
