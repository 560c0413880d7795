using AdxFlow.Adx;
using AdxFlow.Auth;

namespace AdxFlow.Clients.Tests;

/// <summary>Our own client, for what others have put into a table.</summary>
internal static class OwnClient
{
    /// <summary>The rows of a query on a server of this machine, their values behind one another.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(Uri cluster, string query)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        AdxConnection connection = await AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster.AbsoluteUri, IngestionUri = cluster, SignIn = AdxSignIn.Local() }, stop);
        var rows = new List<string>();
        await using AdxQueryReader reader = await new AdxClient(connection).QueryAsync(query, cancellationToken: stop);
        while (await reader.NextTableAsync(stop))
        {
            while (reader.TableName == "PrimaryResult" && await reader.ReadBlockAsync(stop))
                rows.AddRange(reader.Rows.Select(static row => string.Join(',', row)));
        }
        return rows;
    }
}
