using System.Globalization;
using System.Text;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>A query has the same answer whether the texts of a table are kept as strings or as bytes.</summary>
public sealed class TextStorageTests
{
    private const int Count = 70_000;

    private static readonly Database Strings = Fill(asBytes: false);
    private static readonly Database Bytes = Fill(asBytes: true);

    [Theory]
    [InlineData("T | where s has 'id' and n % 1000 == 7")]
    [InlineData("T | where s contains 'ÜRICH 69' | count")]
    [InlineData("T | where s !contains_cs 'a 1' or isempty(s) | count")]
    [InlineData("T | where s startswith 'zürich 12' or s endswith '99' | summarize count(), min(s), max(s)")]
    [InlineData("T | where s == 'Zürich id 12 of a' or s in ('id 5', 'Zürich id 60000 of a') | project n, s, strlen(s)")]
    [InlineData("T | where n between (1020 .. 1040) | extend t = strcat(s, '|', tostring(n)), u = toupper(s) | project t, u")]
    [InlineData("T | summarize sum(strlen(s)), dcount(s), countif(isempty(s))")]
    [InlineData("T | extend k = extract('id ([0-9]+)', 1, s) | summarize sum(tolong(k))")]
    [InlineData("T | summarize c = count() by s | sort by c, s | take 5 | project c, s")]
    [InlineData("T | distinct s | count")]
    [InlineData("T | top 20 by s asc | project n, s")]
    [InlineData("T | sort by s desc | take 20")]
    [InlineData("T | where n < 300 | join kind=inner (T | where n % 2 == 0) on s | summarize count(), max(s1)")]
    [InlineData("T | where n < 50 | union (T | where n > 69990) | project s")]
    [InlineData("T | extend k = iff(n % 2 == 0, s, 'odd') | summarize count() by k | sort by count_, k | take 3")]
    [InlineData("T | parse s with * 'id ' number:long * | summarize sum(number)")]
    [InlineData("T | summarize arg_max(n, s), make_list(s, 3), take_any(s) by b = n % 3 == 0 | sort by b asc")]
    [InlineData("T | where n in (1, 69999) | mv-expand p = split(s, ' ') to typeof(string) | project n, p")]
    [InlineData("T | extend x = coalesce(s, 'none'), y = case(s has 'id', s, isempty(s), 'empty', 'other') | where n < 30 | project x, y")]
    [InlineData("T | where strcmp(s, 'id 5') < 0 | count")]
    [InlineData("T | extend p = parse_json(strcat('{\"a\":\"', s, '\"}')) | summarize dcount(tostring(p.a))")]
    [InlineData("T | where s matches regex 'id [0-9]{2} of' | project s | take 5")]
    [InlineData("T | where s !in (datatable(v:string)['id 3', 'id 5']) | count")]
    [InlineData("T | take 3 | project-rename t = s | extend u = t")]
    [InlineData("T | sort by n asc | extend p = prev(s), q = next(s, 2, 'none'), r = row_number() | where n in (0, 1, 65535, 65536, 69999)")]
    [InlineData("T | where n % 7 == 0 | serialize | extend p = prev(s, 1025) | summarize countif(p == s), dcount(p), max(p)")]
    [InlineData("search in (T) 'id 6553*' | count")]
    [InlineData("T | where n % 100 == 1 | partition hint.strategy=native by s (take 1) | count")]
    [InlineData("T | extend h = hash(s) % 10 | summarize count() by h | sort by h asc")]
    public void Answers_are_the_same(string query)
    {
        string expected = Answer(Strings, query);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Answer(Bytes, query));
    }

    [Fact]
    public void The_tables_keep_their_texts_in_these_two_ways()
    {
        Assert.All(Strings.Tables["T"].Snapshot(), c => Assert.IsNotType<TextVector>(c[1]));
        Assert.All(Bytes.Tables["T"].Snapshot(), c => Assert.IsType<TextVector>(c[1]));
    }

    private static string Answer(Database database, string query) =>
        QueryRunner.Rows(KqlEngine.Execute(database, query, null, CancellationToken.None)[0]);

    private static Database Fill(bool asBytes)
    {
        var table = new Table("T", [new Column("n", KustoType.Long), new Column("s", KustoType.String)]);
        var numbers = new LongBuilder();
        var texts = new StringColumnBuilder();
        var chunks = new List<RowChunk>();
        for (int n = 0; n < Count; n++)
        {
            numbers.Append(n);
            string text = (n % 10) switch
            {
                0 => "",
                1 or 2 => string.Create(CultureInfo.InvariantCulture, $"Zürich id {n} of a"),
                _ => string.Create(CultureInfo.InvariantCulture, $"id {n}"),
            };
            if (asBytes)
                texts.AppendText(Encoding.UTF8.GetBytes(text));
            else
                texts.AppendObject(text);
            if (numbers.Count < RowChunk.MaxRows && n < Count - 1) continue;
            int count = numbers.Count;
            chunks.Add(new RowChunk([numbers.Build(), texts.Build()], count));
        }

        table.Publish(chunks, Extent.Create(chunks.Sum(c => (long)c.Count), 0));
        var database = new Database("D");
        database.Tables["T"] = table;
        return database;
    }
}
