using System.Diagnostics.CodeAnalysis;
using System.Text;
using AdxFlow.Adx;
using AdxFlow.Http;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>Valid answers, cut and damaged at random places: what comes of them is an AdxException or a result, and never a wrong end.</summary>
public sealed class QueryFuzzTests
{
    private static readonly string[] Answers =
    [
        V2.Answer(V2.Header, V2.Properties, V2.TableHeader("n:long,s:string,d:dynamic,t:datetime,m:decimal"), V2.Fragment("""[[1,"a\u00e9\n",{"x":[1,2.5,null]},"2020-03-04T14:05:01.31Z","1.5"],[2,"b","[1]",null,null]]"""), V2.Progress(), V2.Fragment("""[[3,"c",null,null,"12345678901234567890123456789012345"]]"""), """{"FrameType":"TableCompletion","TableId":1,"RowCount":3}""", V2.CompletionInformation, V2.Completion),
        V2.Answer(V2.Header, V2.Table("b:bool,i:int,r:real,g:guid,p:timespan", """[[true,1,"NaN","74be27de-1e4e-49d9-b579-fe0b331d3642","1.00:00:01"],[0,null,2.5,null,"00:00:01"]]"""), V2.Table("n:long", "[[1]]", 2), V2.DeferredFailure, V2.Completion),
        V2.Answer(V2.Header, V2.TableHeader("n:long"), V2.Fragment("[[1]]"), V2.TableCompletion(1, V2.OneApiError), V2.Completion),
        V2.OneApiError,
    ];

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_damaged_answer_gives_an_error_of_ours_or_a_result(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] body = Damage(Encoding.UTF8.GetBytes(Answers[random.Next(Answers.Length)]), random);
            try
            {
                await ReadAsync(body, random.Next(1, 400));
            }
            catch (AdxException told)
            {
                Assert.NotEmpty(told.Message);
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {seed}, round {round}: {other.GetType().Name} of {Encoding.UTF8.GetString(body)}: {other}");
            }
        }
    }

    [Fact]
    public async Task A_cut_answer_is_never_a_success()
    {
        foreach (string answer in Answers)
        {
            byte[] body = Encoding.UTF8.GetBytes(answer);
            for (int length = 0; length < body.Length; length++)
            {
                await Assert.ThrowsAsync<AdxException>(() => ReadAsync(body[..length], 37));
            }
        }
    }

    [Fact]
    public async Task An_answer_that_lost_a_frame_is_never_a_success_with_fewer_rows()
    {
        string[] frames = [V2.Header, V2.TableHeader("n:long"), V2.Fragment("[[1],[2]]"), V2.Fragment("[[3]]"), """{"FrameType":"TableCompletion","TableId":1,"RowCount":3}""", V2.Completion];
        Assert.Equal(3, await ReadAsync(Encoding.UTF8.GetBytes(V2.Answer(frames)), 50));
        // Without its header the answer says the same.
        for (int lost = 1; lost < frames.Length; lost++)
        {
            byte[] body = Encoding.UTF8.GetBytes(V2.Answer([.. frames.Where((_, index) => index != lost)]));
            await Assert.ThrowsAsync<AdxException>(() => ReadAsync(body, 50));
        }
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        byte[] alphabet = Encoding.ASCII.GetBytes("{}[]\",:0123456789-+.eEtfnul\\ \n<");
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(body.Length);
            int length = Math.Min(random.Next(1, 40), body.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = alphabet[random.Next(alphabet.Length)];
                    break;
                case 1:
                    body[at] = (byte)random.Next(256);
                    break;
                case 2:
                    body = [.. body[..at], .. body[(at + length)..]];
                    break;
                case 3:
                    body = [.. body[..at], .. body.AsSpan(at, length), .. body[at..]];
                    break;
                case 4:
                    body = [.. body[..at], alphabet[random.Next(alphabet.Length)], .. body[at..]];
                    break;
                default:
                    body = body[..at];
                    break;
            }

            if (body.Length == 0)
                break;
        }

        return body;
    }

    /// <summary>Reads a body to its end, without a network, and counts its rows.</summary>
    private static async Task<int> ReadAsync(byte[] body, int pieceSize)
    {
        HttpPipeline pipeline = ServicePipelines.Create(new TransportSettings()).Storage;
        HttpMessage message = pipeline.CreateMessage();
        message.Request.Uri.Reset(new Uri("http://localhost/v2/rest/query"));
        message.Response = new BodyResponse(new PieceStream(body, pieceSize));
        var cancellation = new QueryCancellation(() => Task.CompletedTask);
        await using var reader = new AdxQueryReader(message, null, new ErrorContext(ServiceOperation.Query), cancellation);
        int rows = 0;
        while (await reader.NextTableAsync())
        {
            while (await reader.ReadBlockAsync())
                rows += reader.Rows.Count;
        }

        return rows;
    }

    private sealed class BodyResponse(Stream body) : Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => "OK";

        public override Stream? ContentStream { get; set; } = body;

        public override string ClientRequestId { get; set; } = "AdxFlow.Test;1";

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }

    private sealed class PieceStream(byte[] body, int pieceSize) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(pieceSize, buffer.Length)], cancellationToken);
    }
}
