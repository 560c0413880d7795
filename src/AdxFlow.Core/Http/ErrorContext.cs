namespace AdxFlow.Http;

/// <summary>What was being done when an answer came, so that its error can name the table and the missing role.</summary>
internal sealed record ErrorContext(ServiceOperation Operation)
{
    public string? Database { get; init; }

    public string? Table { get; init; }

    /// <summary>The role that the command takes, such as <c>Admin on table 'T'</c>, where that is known.</summary>
    public string? NeededRole { get; init; }

    /// <summary>Who asked, as <c>aadapp=…;…</c>, where that is known.</summary>
    public string? Principal { get; init; }

    /// <summary>The id the request carried; an answer's own echo of it is preferred.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>What to do about a refusal that tells nothing better.</summary>
    public string? Advice { get; init; }
}
