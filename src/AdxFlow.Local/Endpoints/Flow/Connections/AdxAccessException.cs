namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>ADX cannot be read with what a connection says.</summary>
internal sealed class AdxAccessException(string message) : Exception(message);
