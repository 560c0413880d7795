using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>What a command works on, and for whom.</summary>
internal sealed record CommandContext(LocalServices Services, HostedDatabase Database, Caller Caller);
