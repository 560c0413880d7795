using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>
/// Looks through a base connection at the tables behind it. Source:
/// <see href="https://experienceleague.adobe.com/docs/experience-platform/sources/api-tutorials/explore/tabular.html"/>.
/// </summary>
internal sealed class FlowExplorer(FlowClient client)
{
    /// <summary>Lists the tables.</summary>
    public async IAsyncEnumerable<FlowTable> ListAsync(string connectionId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowRequest request = Request(connectionId, null).With("objectType", "root");
        await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
        {
            if ((item.Text("path") ?? item.Text("name")) is not { } path)
                continue;
            yield return new FlowTable(connectionId, path)
            {
                Name = item.Text("name") ?? path,
                Type = item.Text("type"),
                CanPreview = item.Flag("canPreview"),
                CanFetchSchema = item.Flag("canFetchSchema"),
            };
        }
    }

    /// <summary>A table with its columns, by its path; or by its name alone, where the connector puts more into the path.</summary>
    /// <exception cref="FlowException"><c>FlowTableNotFound</c>: there is none.</exception>
    public async Task<FlowTable> GetAsync(string connectionId, string table, CancellationToken cancellationToken) =>
        (await ReadAsync(connectionId, table, withRows: false, cancellationToken)).Table;

    /// <summary>The same, with the first rows: as many as the connector gives.</summary>
    /// <exception cref="FlowException"><c>FlowTableNotFound</c>: there is none.</exception>
    public Task<FlowTableContent> PreviewAsync(string connectionId, string table, CancellationToken cancellationToken) =>
        ReadAsync(connectionId, table, withRows: true, cancellationToken);

    /// <summary>Why the connector reaches nothing: the test of a connection says no more than no, while looking at the tables fails with a reason.</summary>
    /// <returns>The reason; null where there is none to be had.</returns>
    public async Task<string?> FindReasonAsync(string connectionId, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (FlowTable _ in ListAsync(connectionId, cancellationToken))
                break;
            return null;
        }
        catch (FlowException reason)
        {
            return reason.Message;
        }
    }

    private async Task<FlowTableContent> ReadAsync(string connectionId, string table, bool withRows, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPathAsync(connectionId, table, withRows, cancellationToken);
        }
        catch (FlowException refused) when (refused.Kind is AdxErrorKind.InvalidArgument or AdxErrorKind.NotFound && refused.StatusCode is not null)
        {
            if (await FindPathAsync(connectionId, table, refused, cancellationToken) is not { } path || path == table)
                throw;
            return await ReadPathAsync(connectionId, path, withRows, cancellationToken);
        }
    }

    private async Task<FlowTableContent> ReadPathAsync(string connectionId, string path, bool withRows, CancellationToken cancellationToken)
    {
        FlowRequest request = Request(connectionId, path).With("objectType", "table").With("object", path).With("preview", withRows ? "true" : null);
        JsonElement answer = await client.SendAsync(request, cancellationToken);
        JsonElement content = FlowJson.OneItem(answer) ?? answer;
        var table = new FlowTable(connectionId, path)
        {
            Name = path,
            Type = "table",
            Columns = [.. (content.Member("schema") ?? default).Items("columns").Select(FlowColumn.Read).OfType<FlowColumn>()],
        };
        return table.Columns.Count == 0 ? throw NotFound(path, connectionId, null) : new FlowTableContent(table, [.. content.Items("data")]);
    }

    /// <summary>The path of a table that was named without what stands before it.</summary>
    private async Task<string?> FindPathAsync(string connectionId, string table, FlowException refused, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        try
        {
            await foreach (FlowTable known in ListAsync(connectionId, cancellationToken))
            {
                // Names of tables are case-sensitive; only what stands before them may be left out.
                if (known.Table == table)
                    return known.Table;
                if (known.Name == table || known.Table.EndsWith("." + table, StringComparison.Ordinal))
                    paths.Add(known.Table);
            }
        }
        catch (FlowException)
        {
            // Why the table cannot be read says more than why the list cannot.
            return null;
        }
        return paths.Count switch
        {
            0 => throw NotFound(table, connectionId, refused),
            1 => paths[0],
            _ => throw new FlowException("FlowTableNotFound", AdxErrorKind.NotFound, $"'{table}' is one of several tables: {string.Join(", ", paths)}.", refused)
            {
                RecommendedAction = "Give the whole path.",
            },
        };
    }

    private static FlowRequest Request(string connectionId, string? table) =>
        new(ConnectionOperations.Explore, connectionId) { Subject = table is null ? $"connection '{connectionId}'" : $"table '{table}' of connection '{connectionId}'" };

    private static FlowException NotFound(string table, string connectionId, FlowException? cause) =>
        FlowErrors.Retold(
            cause,
            "FlowTableNotFound",
            AdxErrorKind.NotFound,
            $"The connection '{connectionId}' reaches no table '{table}'.",
            "Check the name, which is case-sensitive; Get-FlowTable lists the tables. The connection's principal needs the role Viewer on the database.");
}
