namespace AdxFlow.Local.Endpoints;

/// <summary>What serves a request.</summary>
/// <param name="Kind">For faults.</param>
/// <param name="Authenticates">False where the service asks for no token.</param>
/// <param name="Handle">Does it, and answers.</param>
internal sealed record Route(LocalFaultTarget Kind, bool Authenticates, Func<Exchange, CancellationToken, Task> Handle);
