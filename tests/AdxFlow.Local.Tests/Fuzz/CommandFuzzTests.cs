using System.Text;
using AdxFlow.Local.Endpoints;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Commands;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Tests.Kql;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>
/// Commands that nobody wrote. Each is answered or refused with one of the engine's errors, and one that is refused, or that
/// only shows, leaves everything as it was. (A query behind a pipe can be refused when its command is done, as it is bound to the
/// command's result.)
/// </summary>
public sealed class CommandFuzzTests
{
    // So many rounds share a stand-in, until it has been given too much to look at.
    private const int RoundsPerCluster = 250;

    private static readonly string[] Commands =
    [
        ".create database ['D x'] persist (@'a', \"b\") ifnotexists",
        ".create database D volatile | project DatabaseName",
        ".show databases",
        ".show databases (NetDefaultDB, D)",
        ".show databases policies | count",
        ".show database NetDefaultDB datastats",
        ".show database schema",
        ".show database NetDefaultDB principals",
        ".show database NetDefaultDB principal roles",
        ".show database NetDefaultDB policy caching",
        ".create table ['T x'] (a:long, ['b']:string) with (docstring='d', folder=\"f\")",
        ".create-merge table T (a:long, n:dynamic)",
        ".alter-merge table U (c:real) with (docstring='x')",
        ".create tables A (a:int), B (['y z']:datetime, g:guid) with (folder='f')",
        ".alter table T docstring 'about'",
        ".alter table T folder @'a\\b'",
        ".drop table U ifexists",
        ".drop tables (U, ['a table']) ifexists",
        ".clear table U data",
        ".show tables (['T'], U) details | where TableName == 'x'",
        ".show tables | sort by TableName asc | take 1",
        ".show table T details",
        ".show table T extents (11111111-1111-1111-1111-111111111111) where tags has 'ingest-by:x' and tags !contains \"y\"",
        ".show database extents | summarize sum(RowCount) by TableName",
        ".drop extent 11111111-1111-1111-1111-111111111111 from T",
        ".drop extents (11111111-1111-1111-1111-111111111111) from ['U']",
        ".drop extents whatif <| .show tables (T, U) extents where tags has 'ingest-by:x'",
        ".drop extents <| T | summarize by ExtentId = extent_id(), TableName = 'T'",
        ".drop-pretend extents older 10 days from all tables",
        ".drop extents from tables (U)",
        ".show table T schema as json",
        ".show table T cslschema",
        ".show table T principals",
        ".show table T principal roles",
        ".alter tables (T, ['U']) policy caching hot = time(1.00:00:00), hot_window = datetime(2021-01-01) .. datetime(2021-02-01)",
        ".alter-merge database NetDefaultDB policy retention softdelete = 1.5d recoverability = disabled",
        ".alter table T policy ingestionbatching '{\"MaximumNumberOfItems\":7,\"MaximumBatchingTimeSpan\":\"00:00:30\"}'",
        ".alter table NetDefaultDB.T policy streamingingestion '{\"IsEnabled\":true,\"HintAllocatedRate\":2.1}'",
        ".alter-merge table T policy retention '{\"SoftDeletePeriod\":\"10.00:00:00\"}'",
        ".delete table T policy ingestionbatching",
        ".delete database NetDefaultDB policy retention",
        ".show table T policy streamingingestion",
        ".show table * policy caching",
        ".create-or-alter table T ingestion json mapping 'M' '[{\"column\":\"a\",\"Properties\":{\"Path\":\"$.[\\'a b\\'][0].c\",\"Transform\":\"DropMappedFields\"}}]'",
        ".create table T ingestion csv mapping \"N\" '[{\"Column\":\"b\",\"Properties\":{\"Ordinal\":\"1\"}}]'",
        ".alter database NetDefaultDB ingestion csv mapping 'E' '[{\"Column\":\"b\",\"Properties\":{\"ConstValue\":\"x\"}}]'",
        ".show table T ingestion json mappings",
        ".show database NetDefaultDB ingestion mappings",
        ".drop table T ingestion json mapping 'M'",
        ".add database ['NetDefaultDB'] users ('aadapp=11111111-1111-1111-1111-111111111111;t') skip-results 'n'",
        ".set database NetDefaultDB viewers none skip-results",
        ".drop database NetDefaultDB users ('aaduser=a@b.c')",
        ".add table T ingestors (h@'aaduser=a@b.c', ```aaduser=x@y.z```) 'note'",
        ".set table T admins ('aadgroup=g@contoso.com')",
        ".drop table T ingestors (h@'aaduser=a@b.c', ```aaduser=x@y.z```)",
        ".ingest inline into table T with (format='json', ingestionMapping='[{\"column\":\"a\",\"path\":\"$.a\"}]') <| {\"a\":1}",
        ".ingest inline into table T with (tags='[\"ingest-by:x\"]', ingestIfNotExists='[\"x\"]') <|\n1,one\n2,\"t\"\"wo\"",
        ".ingest inline into table T [1,\"a]b\"] [2,c]",
        ".set-or-append U with (extend_schema=false, docstring='d', tags='[]') <| T | where a > 0 | project a",
        ".set-or-replace U <| print a=tolong(1)",
        ".set N <| range a from 1 to 3 step 1",
        ".append U <| T | summarize a = count()",
        ".show operations (b152f9da-616a-40a7-8cde-f2390cfc8064, 'b152f9da-616a-40a7-8cde-f2390cfc8064') | project State",
        ".show operation b152f9da-616a-40a7-8cde-f2390cfc8064 details",
        ".show ingestion failures with (OperationId='b152f9da-616a-40a7-8cde-f2390cfc8064')",
        ".show streamingingestion failures",
        ".show queued ingestion operations ('a', \"b\") details",
        ".cancel queued ingestion operation 'x;y'",
        ".cancel query \"a;b\" with (reason='x')",
        ".show queries | where State == 'Failed'",
        ".show running queries",
        ".get ingestion resources with (EnableBlobCors='true')",
        ".clear table T cache streamingingestion schema",
        ".clear database cache streamingingestion schema",
        ".show cluster details",
        ".show version",
    ];

    private static readonly string[] Words =
    [
        ".", "(", ")", "[", "]", ",", ";", "|", "<|", "=", ":", "table", "tables", "database", "T", "U", "['T']", "a", "b", "'x'", "\"x\"", "h'x'", "@'\\'", "```x```",
        "with", "details", "none", "ifexists", "ifnotexists", "policy", "mapping", "csv", "json", "null", "'{}'", "'[]'", "{", "}", "*", "0", "-1", "1d", "long",
        "dynamic", "''", "hot", "caching", "retention", "into", "inline", "skip-results", "principals", "| count", "| take 1", "| foo", "format='csv'", "9223372036854775807",
    ];

    // What a command must not have changed if it was refused.
    private static readonly string[] Looks =
    [
        ".show databases details", ".show tables details", ".show database schema", ".show database NetDefaultDB principals", ".show table T principals",
        ".show table * policy ingestionbatching", ".show table * policy streamingingestion", ".show table * policy caching", ".show table * policy retention",
        ".show database NetDefaultDB policy caching", ".show database NetDefaultDB policy retention", ".show database NetDefaultDB ingestion mappings",
        ".show table T ingestion mappings",
    ];

    [Fact]
    public async Task Mutated_commands_end_in_an_answer_or_in_an_error_that_changes_nothing()
    {
        var mutations = new TextMutator(Commands, Words, new Random(FuzzSettings.Seed));
        int answered = 0;
        int rounds = FuzzSettings.Rounds(10_000);
        for (int done = 0; done < rounds; done += RoundsPerCluster)
        {
            await using var services = new LocalServices(new Uri("http://localhost:1/"), new LocalClusterOptions(), StateLog.None);
            var commands = new CommandProcessor(services);
            Run(commands, services, ".create table T (a:long, b:string)");
            Run(commands, services, ".create table U (a:long)");
            Run(commands, services, ".add database NetDefaultDB users ('aaduser=a@b.c', 'aaduser=x@y.z', 'aadgroup=g@contoso.com')");
            Run(commands, services, ".create database NetDefaultDB ingestion csv mapping 'E' '[{\"Column\":\"b\",\"Properties\":{\"Ordinal\":\"0\"}}]'");
            Run(commands, services, ".ingest inline into table T <| 1,x");
            string before = Look(commands, services);
            for (int i = Math.Min(RoundsPerCluster, rounds - done); i > 0; i--)
            {
                string command = mutations.Next();
                KqlErrorKind? refusedAs = null;
                bool succeeded = Check(commands, services, command, ref refusedAs);
                string after = Look(commands, services);
                bool mayChange = succeeded || refusedAs is KqlErrorKind.Semantic or KqlErrorKind.NotSupported or KqlErrorKind.Runtime;
                if (!mayChange || CommandText.IsShow(command)) Assert.True(before == after, $"The command {command} changed{Environment.NewLine}{before}{Environment.NewLine}into{Environment.NewLine}{after}");
                before = after;
                if (succeeded) answered++;
            }
        }

        Assert.True(answered > rounds / 40, $"Only {answered} commands had an answer.");
    }

    private static bool Check(CommandProcessor commands, LocalServices services, string command, ref KqlErrorKind? refusedAs)
    {
        try
        {
            Run(commands, services, command);
            return true;
        }
        catch (ServiceException refusal)
        {
            Assert.InRange(refusal.Status, 400, 499);
            Assert.NotEmpty(refusal.Message);
            return false;
        }
        catch (KqlException refusal)
        {
            Assert.NotEmpty(refusal.Message);
            refusedAs = refusal.Kind;
            return false;
        }
        catch (Exception defect)
        {
            throw new InvalidOperationException($"The command {command} ended in {defect.GetType().Name}: {defect.Message}", defect);
        }
    }

    private static string Run(CommandProcessor commands, LocalServices services, string command) =>
        QueryRunner.Rows(commands.Execute(services.Database(null), command, Caller.Administrator, "fuzz", CancellationToken.None));

    private static string Look(CommandProcessor commands, LocalServices services)
    {
        var seen = new StringBuilder();
        foreach (string look in Looks)
        {
            // Somebody may have dropped the table.
            string rows = look.Contains(" T ", StringComparison.Ordinal) && !services.Database(null).Data.Tables.ContainsKey("T") ? "" : Run(commands, services, look);
            seen.AppendLine(look).AppendLine(rows);
        }

        return seen.ToString();
    }
}
