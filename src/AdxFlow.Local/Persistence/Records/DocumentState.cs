using System.Text.Json.Nodes;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>What is made once and never changed: a schema, field group or class, a dataset, a mapping set.</summary>
/// <param name="Collection">What of these it is, as in paths.</param>
/// <param name="Id">Its id.</param>
/// <param name="Body">As it was stored.</param>
internal sealed record DocumentState(string Collection, string Id, JsonObject Body);
