using System.Globalization;
using AdxFlow;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Rows;

// The process that a test kills: it sends the numbers from 0 up to, and without, the last argument to the table T, once each,
// always beginning with the first, as a runbook does that is started again.
string cluster = args[0];
string spoolPath = args[1];
long end = long.Parse(args[2], CultureInfo.InvariantCulture);

AdxConnection connection = await AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster, IngestionUri = new Uri(cluster), SignIn = AdxSignIn.Local() });
await using IngestionSession session = await IngestionSession.StartAsync(connection, new IngestionRequest
{
    Table = "T",
    DeliveryGuarantee = AdxDeliveryGuarantee.ExactlyOnce,
    SpoolPath = spoolPath,
    SpoolName = "numbers",
    BatchRows = 700,
    BatchInterval = TimeSpan.FromMilliseconds(50),
});
RowIntake rows = session.OpenRows([new AdxColumn("n", AdxType.Long)]);
Console.Out.WriteLine("started");
Console.Out.Flush();
for (long number = session.SpooledRows; number < end; number++)
    rows.Add(number);
await session.CompleteAsync();
await session.ConfirmAsync(Timeout.InfiniteTimeSpan);
return 0;
