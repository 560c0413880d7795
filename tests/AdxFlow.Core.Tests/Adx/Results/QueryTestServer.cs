using System.Text;
using AdxFlow.Adx;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>Runs a query against a scripted answer and collects what the reader gives.</summary>
internal static class QueryTestServer
{
    public static async Task<QueryOutcome> RunAsync(ScriptedAnswer answer, AdxRequestOptions? options = null)
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => request.Path == "/v2/rest/query" ? answer : "{\"Tables\":[]}");
        AdxConnection connection = await server.ConnectAsync();
        var outcome = new QueryOutcome();
        try
        {
            await using AdxQueryReader reader = await new AdxClient(connection).QueryAsync("T", options);
            while (await reader.NextTableAsync())
            {
                var rows = new List<object?[]>();
                outcome.Tables.Add((reader.TableName, reader.Columns, rows));
                while (await reader.ReadBlockAsync())
                    rows.AddRange(reader.Rows);
            }

            outcome.Warnings = [.. reader.Warnings];
        }
        catch (AdxException error)
        {
            outcome.Error = error;
        }

        return outcome;
    }

    public static Task<QueryOutcome> RunAsync(string body, int? pieceSize = null, int? cutAt = null, AdxRequestOptions? options = null) =>
        RunAsync(new ScriptedAnswer { Body = Encoding.UTF8.GetBytes(body), PieceSize = pieceSize, CutAt = cutAt }, options);
}
