namespace AdxFlow;

/// <summary>What is wrong with a field of a mapping.</summary>
public sealed class FlowMappingError
{
    /// <summary>The field; empty where that is not told.</summary>
    public string Destination { get; init; } = string.Empty;

    /// <summary>Where its value was to come from; empty where that is not told.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>The field and what is wrong with it.</summary>
    /// <returns>For example <c>_acme.eventId: no such field</c>.</returns>
    public override string ToString() => Destination.Length > 0 ? $"{Destination}: {Message}" : Message;
}
