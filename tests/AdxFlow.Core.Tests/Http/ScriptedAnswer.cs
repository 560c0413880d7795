using System.Text;

namespace AdxFlow.Core.Tests.Http;

/// <summary>An answer, and how it is to be delivered.</summary>
internal sealed record ScriptedAnswer
{
    /// <summary>The HTTP status; 0 closes the connection in the middle of the first line.</summary>
    public int Status { get; init; } = 200;

    public string Reason { get; init; } = "Reason";

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public byte[] Body { get; init; } = [];

    /// <summary>How many bytes are written at a time.</summary>
    public int? PieceSize { get; init; }

    /// <summary>After how many bytes the connection is closed, though more were promised.</summary>
    public int? CutAt { get; init; }

    /// <summary>Writes the body, instead of <see cref="Body"/>; it may wait in the middle.</summary>
    public Func<Stream, CancellationToken, Task>? Write { get; init; }

    public static implicit operator ScriptedAnswer(string body) => Of(200, body);

    public static ScriptedAnswer Of(int status, string body, string contentType = "application/json") =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), ContentType = contentType };
}
