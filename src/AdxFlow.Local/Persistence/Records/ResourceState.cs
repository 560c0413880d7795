using System.Text.Json.Nodes;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A connection, a flow or a run of the Flow Service as it is from here on.</summary>
/// <param name="Collection">The collection that it is in, such as <c>flows</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Body">What was written; of a secret only what it can be checked with.</param>
/// <param name="State">The state that it is in, or will be in.</param>
/// <param name="Between">The state on the way there; null for none.</param>
/// <param name="SettlesOn">When it has arrived.</param>
/// <param name="Etag">Its version.</param>
/// <param name="Creator">The client that made it.</param>
/// <param name="Editor">The client that changed it last.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed.</param>
/// <param name="ChangeNumber">The place of the change among all.</param>
/// <param name="Port">The port of the stand-in then, which an address in the body may have.</param>
/// <param name="Run">What only runs have.</param>
internal sealed record ResourceState(
    string Collection, string Id, JsonObject Body, string State, string? Between, DateTimeOffset SettlesOn, string Etag, string Creator, string Editor,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long ChangeNumber, int Port, RunState? Run);
