using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>One token of a JSON text: its type, the name where it is a property's, and how deep it stands.</summary>
internal readonly record struct JsonToken(JsonTokenType Type, string? Name, int Depth);
