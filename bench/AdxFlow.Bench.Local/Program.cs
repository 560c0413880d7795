using System.Diagnostics;
using System.Globalization;
using AdxFlow.Bench.Local;

// dotnet run -c Release --project bench/AdxFlow.Bench.Local -- [rows] [rounds] [folder]
int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
string? folder = args.Length > 2 ? args[2] : null;
const int Batch = 500_000;

(string Name, string Kql, string Sql, int Rows)[] queries =
[
    ("count", "Bench | count", "SELECT count(*) FROM Bench", 1),
    ("point where", $"Bench | where Id == {rows / 2}", $"SELECT * FROM Bench WHERE Id = {rows / 2}", 1),
    ("where on a text, count", "Bench | where Computer == 'host-0007' | count", "SELECT count(*) FROM Bench WHERE Computer = 'host-0007'", 1),
    ("summarize count() by Computer", "Bench | summarize count() by Computer", "SELECT Computer, count(*) FROM Bench GROUP BY Computer", SampleRows.Computers),
    ("summarize count(), avg(Value) by Ok, Computer", "Bench | summarize count(), avg(Value) by Ok, Computer", "SELECT Ok, Computer, count(*), avg(Value) FROM Bench GROUP BY Ok, Computer", 2 * SampleRows.Computers),
    ("where Message contains, count", "Bench | where Message contains '77 WAS' | count", "SELECT count(*) FROM Bench WHERE Message LIKE '%77 WAS%'", 1),
    ("where Message has, count", "Bench | where Message has '77777' | count", "SELECT count(*) FROM Bench WHERE Message LIKE '% 77777 %'", 1),
    ("top 10 by Value", "Bench | top 10 by Value", "SELECT * FROM Bench ORDER BY Value DESC LIMIT 10", 10),
    ("top 10 by Message", "Bench | top 10 by Message", "SELECT * FROM Bench ORDER BY Message DESC LIMIT 10", 10),
    ("sort by Value, 100 of the rows", "Bench | sort by Value asc | where Id < 100", "SELECT * FROM (SELECT * FROM Bench ORDER BY Value LIMIT 2000000000) WHERE Id < 100", 100),
];

Console.WriteLine($"{rows:n0} rows x 6 columns, {rounds} rounds, {Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}{(folder is null ? "" : ", kept in a folder")}");
var blobs = new List<(byte[] Gzip, long Raw)>();
for (long from = 0; from < rows; from += Batch)
    blobs.Add(SampleRows.Csv(from, (int)Math.Min(Batch, rows - from)));
Console.WriteLine($"{blobs.Sum(b => b.Raw) / 1e6:n0} MB of CSV, {blobs.Sum(b => (long)b.Gzip.Length) / 1e6:n0} MB compressed");

var standIn = new StandIn(folder);
await standIn.CommandAsync($".create table Bench ({SampleRows.Columns})");
await standIn.CommandAsync($".create table Warm ({SampleRows.Columns})");
await standIn.IngestAsync("Warm", [SampleRows.Csv(0, 50_000)]);

// What one blob can be taken in with, what two, and what many: a few millions of rows are enough to see it.
int fewer = Math.Min(rows, 2_000_000);
foreach (int count in (int[])[1, 2, 20])
{
    var taken = new List<(double Seconds, double Processor)>();
    (byte[] Gzip, long Raw)[] parts = [.. Enumerable.Range(0, count).Select(i => SampleRows.Csv((long)fewer / count * i, fewer / count))];
    for (int round = 0; round <= rounds; round++)
    {
        await standIn.CommandAsync($".create table Parts ({SampleRows.Columns})");
        GC.Collect();
        TimeSpan begin = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await standIn.IngestAsync("Parts", parts);
        if (round > 0) taken.Add((watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - begin).TotalSeconds));
        await standIn.CommandAsync(".drop table Parts");
    }

    double elapsed = taken.Select(t => t.Seconds).Order().ElementAt(rounds / 2);
    double spent = taken.Select(t => t.Processor).Order().ElementAt(rounds / 2);
    Console.WriteLine($"{fewer:n0} rows in {count} blob(s): {fewer / elapsed:n0} rows/s; {spent / fewer * 1e6:n2} µs of processor a row");
}

long before = GC.GetTotalMemory(forceFullCollection: true);
TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
var clock = Stopwatch.StartNew();
await standIn.IngestAsync("Bench", blobs);
double seconds = clock.Elapsed.TotalSeconds;
double busy = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
long peak = Process.GetCurrentProcess().PeakWorkingSet64;
double bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
Console.WriteLine($"ingested in {seconds:n1} s: {rows / seconds:n0} rows/s; {busy / rows * 1e6:n2} µs of processor a row; {bytes / rows:n0} bytes a row in memory; peak working set {peak / 1e6:n0} MB");

if (folder is not null)
{
    standIn.Dispose();
    clock.Restart();
    standIn = new StandIn(folder);
    if ((await standIn.QueryAsync("Bench | count"))[0][0].GetInt64() != rows) throw new InvalidOperationException("Rows are missing after the restart.");
    long onDisk = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
    Console.WriteLine($"started again in {clock.Elapsed.TotalSeconds:n1} s, from {onDisk / (double)rows:n0} bytes a row on disk");
}

using var sqlite = new SqliteRows();
processor = Process.GetCurrentProcess().TotalProcessorTime;
clock.Restart();
sqlite.Insert(rows);
double inserted = clock.Elapsed.TotalSeconds;
double busyToo = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
Console.WriteLine($"SQLite inserted in {inserted:n1} s: {rows / inserted:n0} rows/s; {busyToo / rows * 1e6:n2} µs of processor a row; the stand-in takes {busy / busyToo:n2} times as much, and {seconds / inserted:n2} times as long");

Console.WriteLine($"{"",-48} {"stand-in s",10} {"SQLite s",10} {"ratio",8}");
foreach ((string name, string kql, string sql, int expected) in queries)
{
    var own = new List<double>();
    var other = new List<double>();
    for (int round = 0; round <= rounds; round++)
    {
        clock.Restart();
        int got = (await standIn.QueryAsync(kql)).GetArrayLength();
        double standInSeconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        int wanted = sqlite.Run(sql).Rows;
        double sqliteSeconds = clock.Elapsed.TotalSeconds;
        if (got != expected || wanted != expected) throw new InvalidOperationException($"{name}: {got} and {wanted} rows instead of {expected}.");
        if (round == 0) continue;
        own.Add(standInSeconds);
        other.Add(sqliteSeconds);
    }

    double mine = own.Order().ElementAt(rounds / 2);
    double theirs = other.Order().ElementAt(rounds / 2);
    Console.WriteLine($"{name,-48} {mine,10:n3} {theirs,10:n3} {theirs / mine,8:n1}");
}

standIn.Dispose();
