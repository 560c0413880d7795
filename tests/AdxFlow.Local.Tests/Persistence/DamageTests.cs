using System.Globalization;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Flow;
using AdxFlow.Local.Tests.Fuzz;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>A full folder, damaged at random: it is refused and left as it is, or what it has was true once.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Half = 6;

    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_damaged_folder_is_refused_or_comes_up_as_it_was_once()
    {
        SortedDictionary<string, byte[]> whole = await FillAsync();
        Assert.Contains(whole.Keys, n => n.StartsWith("rows", StringComparison.Ordinal));
        Assert.Contains(whole.Keys, n => n.StartsWith("blobs", StringComparison.Ordinal));
        var random = new Random(FuzzSettings.Seed);
        int refused = 0, started = 0;
        for (int i = 0; i < FuzzSettings.Folders; i++)
        {
            (string what, SortedDictionary<string, byte[]> damaged) = Damage(whole, random);
            _folder.Fill(damaged);
            try
            {
                using LocalCluster cluster = _folder.Start();
                await CheckAsync(cluster, $"{i}: {what}");
                started++;
            }
            catch (LocalPathException e)
            {
                Assert.True(e.Problem is LocalPathProblem.Damaged or LocalPathProblem.Newer, $"{i}: {what}: {e.Problem} {e.Message}");
                Assert.True(Equal(damaged, _folder.Files), $"{i}: {what}: the folder was changed");
                refused++;
            }
        }

        Assert.True(refused > FuzzSettings.Folders / 2 && started > 0, $"{refused} were refused, {started} started.");
    }

    /// <summary>Each step adds one thing of each kind, and each is answered before the next. A restart in the middle makes the
    /// first half a snapshot, which was written at once.</summary>
    private async Task<SortedDictionary<string, byte[]>> FillAsync()
    {
        foreach (int[] steps in (int[][])[[.. Enumerable.Range(1, Half)], [.. Enumerable.Range(Half + 1, Half)]])
        {
            using LocalCluster cluster = _folder.Start();
            using var client = new LocalClient(cluster);
            using AdobeClient adobe = await AdobeClient.ConnectAsync(cluster);
            await client.RunAsync(".create table T (n:long)");
            foreach (int step in steps)
            {
                await client.RunAsync($".set-or-append T <| print n={step}");
                await client.UploadAsync($"{step}.csv", [(byte)step, 10, 20]);
                await adobe.CreateAsync("connections", adobe.Connection(step.ToString(CultureInfo.InvariantCulture)));
            }

            await client.RunAsync(".set-or-replace Many <| range n from 1 to 5000 step 1");
        }

        return _folder.Files;
    }

    private static (string What, SortedDictionary<string, byte[]> Files) Damage(SortedDictionary<string, byte[]> whole, Random random)
    {
        var files = new SortedDictionary<string, byte[]>(whole, StringComparer.Ordinal);
        string name = random.Next(2) == 0 ? "journal" : files.Keys.ElementAt(random.Next(files.Count));
        byte[] content = [.. files[name]];
        int at = random.Next(content.Length);
        string what;
        switch (random.Next(5))
        {
            case 0:
                what = $"a bit of byte {at} of {name} flipped";
                content[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                what = $"{name} cut at {at}";
                content = content[..at];
                break;
            case 2:
                what = $"bytes of {name} from {at} on replaced";
                random.NextBytes(content.AsSpan(at, Math.Min(content.Length - at, random.Next(1, 100))));
                break;
            case 3:
                what = $"zeros in {name} from {at} on";
                content.AsSpan(at, Math.Min(content.Length - at, random.Next(1, 2000))).Clear();
                break;
            default:
                files.Remove(name);
                return ($"{name} missing", files);
        }

        files[name] = content;
        return (what, files);
    }

    /// <summary>What is there is what was there after one of the steps, or in the middle of one.</summary>
    private static async Task CheckAsync(LocalCluster cluster, string what)
    {
        using var client = new LocalClient(cluster);
        long[] rows = [.. (await client.QueryAsync("T | sort by n asc")).Select(r => r["n"].GetInt64())];
        Assert.True(rows.SequenceEqual(Enumerable.Range(1, rows.Length).Select(n => (long)n)), $"{what}: rows {string.Join(',', rows)}");
        using AdobeClient adobe = await AdobeClient.ConnectAsync(cluster);
        int[] connections = [.. (await adobe.GetAsync("connections?limit=100"))["items"]!.AsArray().Select(c => int.Parse(c!["name"]!.GetValue<string>(), CultureInfo.InvariantCulture)).Order()];
        Assert.True(connections.SequenceEqual(Enumerable.Range(1, connections.Length)), $"{what}: connections {string.Join(',', connections)}");
        Assert.InRange(connections.Length, Math.Max(0, rows.Length - 1), rows.Length);
        if (rows.Length > Half) Assert.Equal(5000, (await client.QueryAsync("Many | count"))[0]["Count"].GetInt64());
    }

    private static bool Equal(SortedDictionary<string, byte[]> left, SortedDictionary<string, byte[]> right) =>
        left.Keys.SequenceEqual(right.Keys) && left.All(f => f.Value.AsSpan().SequenceEqual(right[f.Key]));
}
