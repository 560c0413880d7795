using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>What a command works on, and for whom.</summary>
/// <param name="Services">All of the stand-in.</param>
/// <param name="Database">The database of the request, or the one that the command names.</param>
/// <param name="Caller">Who sends it.</param>
/// <param name="ClientRequestId">The id that the client gave the request.</param>
/// <param name="Stop">Ends what takes long.</param>
internal sealed record CommandContext(LocalServices Services, HostedDatabase Database, Caller Caller, string ClientRequestId, CancellationToken Stop);
